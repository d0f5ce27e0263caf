# Takes the bounds away again that throttling.ps1 has given.

Set-ThrottlingPolicyAssociation -Identity $account -ThrottlingPolicy $null
if (Get-ThrottlingPolicy | Where-Object { $_.Name -eq $name }) {
    Remove-ThrottlingPolicy -Identity $name -Confirm:$false
}
"The policy $name is removed."
