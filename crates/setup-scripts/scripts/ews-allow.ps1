# Lists the application among those that may use Exchange Web Services, in Exchange Online.

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

$config = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy
$before = @("$($config.EwsAllowedAppIDs)".Split(',') | ForEach-Object { $_.Trim() } | Where-Object { $_ })
"Before: EwsEnabled '$($config.EwsEnabled)', EwsAllowedAppIDs '$($before -join ',')'"

# The list is replaced as a whole, so the old ones go along.
if ($before -notcontains $client) {
    Set-OrganizationConfig -EwsAllowedAppIDs (($before + $client) -join ',')
}
if ($null -eq $config.EwsEnabled) {
    $yes = $true
    if ($before.Count -eq 0) {
        $answer = Read-Host 'From now on only listed applications may use Exchange Web Services, and this is the only one. Type yes to go on'
        $yes = $answer -eq 'yes'
    }
    if ($yes) { Set-OrganizationConfig -EwsEnabled $true }
} elseif ($config.EwsEnabled -eq $false) {
    Write-Warning 'Exchange Web Services are switched off for the tenant. Somebody has decided so; it is left as it is.'
}

$after = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy
if ("$($after.EwsAllowedAppIDs)" -notlike "*$client*") { throw 'The application is not on the list.' }
"After: EwsEnabled '$($after.EwsEnabled)', EwsAllowedAppIDs '$($after.EwsAllowedAppIDs)'"
'It takes up to a day until that counts.'
