# Takes the bounds away again that throttling.ps1 has given.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$account = 'CONTOSO\pbx'

Set-ThrottlingPolicyAssociation -Identity $account -ThrottlingPolicy $null
if (Get-ThrottlingPolicy | Where-Object { $_.Name -eq $name }) {
    Remove-ThrottlingPolicy -Identity $name -Confirm:$false
}
"The policy $name is removed."
