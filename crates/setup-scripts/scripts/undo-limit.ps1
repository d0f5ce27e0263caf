# Takes away what limit.ps1 has granted in Exchange Online. What was taken away in Entra is granted there again.

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

$assignments = @(Get-ManagementRoleAssignment | Where-Object { $_.CustomResourceScope -eq $name })
foreach ($assignment in $assignments) {
    Remove-ManagementRoleAssignment -Identity $assignment.Identity -Confirm:$false
}
if (Get-ManagementScope | Where-Object { $_.Name -eq $name }) {
    Remove-ManagementScope -Identity $name -Confirm:$false
}
if (Get-ServicePrincipal | Where-Object { $_.AppId -eq $client -and $_.DisplayName -eq $name }) {
    Remove-ServicePrincipal -Identity $client -Confirm:$false
}
"$($assignments.Count) assignments are taken away."
