# Takes the right away again that impersonation.ps1 has given. For the Exchange Management Shell.

# In this order: Exchange refuses to remove a scope that is in use.
if (Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementRoleAssignment -Identity $name -Confirm:$false
}
if (Get-ManagementScope | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementScope -Identity $name -Confirm:$false
}
"$account has this right no longer."
