# Takes the right away again that impersonation.ps1 has given. For the Exchange Management Shell.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$account = 'CONTOSO\pbx'
$group = 'Vertrieb ‘‘Süd’’ $env:X'

# In this order: Exchange refuses to remove a scope that is in use.
if (Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementRoleAssignment -Identity $name -Confirm:$false
}
if (Get-ManagementScope | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementScope -Identity $name -Confirm:$false
}
"$account has this right no longer."
