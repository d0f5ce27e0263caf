# Takes the application off the list again. When it was the only one, what was before ews-allow.ps1 is in force again.

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

$config = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy
$now = @("$($config.EwsAllowedAppIDs)".Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ })
$left = @($now | Where-Object { $_ -ne $client })
if ($left.Count -eq 0 -and $now.Count -gt 0) {
    Set-OrganizationConfig -EwsEnabled $null
    Set-OrganizationConfig -EwsAllowedAppIDs $null
} elseif ($left.Count -lt $now.Count) {
    Set-OrganizationConfig -EwsAllowedAppIDs ($left -join ',')
}
"$($left.Count) applications are left on the list."
