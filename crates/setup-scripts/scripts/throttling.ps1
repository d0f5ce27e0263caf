# Gives the account bounds of its own, in a local Exchange. Rarely needed: subscriptions count for the mailbox.

$bounds = @{ EwsMaxSubscriptions = 5000; EwsMaxConcurrency = 100; EwsMaxBurst = $null; EwsRechargeRate = $null; EwsCutoffBalance = $null }
$policy = Get-ThrottlingPolicy | Where-Object { $_.Name -eq $name }
if (-not $policy) {
    $null = New-ThrottlingPolicy -Name $name -ThrottlingPolicyScope Regular @bounds
} else {
    Set-ThrottlingPolicy -Identity $name @bounds
}
Set-ThrottlingPolicyAssociation -Identity $account -ThrottlingPolicy $name

$now = Get-ThrottlingPolicyAssociation -Identity $account
if ("$($now.ThrottlingPolicyId)" -notlike "*$name*") { throw 'The policy does not count for the account.' }
"The policy $name counts for $account."
