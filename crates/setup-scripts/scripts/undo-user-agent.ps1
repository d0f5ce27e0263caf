# Takes this service off the list of user agents again.

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

if (@((Get-OrganizationConfig).EwsAllowList) -contains 'pbx-calendar/*') {
    Set-OrganizationConfig -EwsAllowList @{ Remove = 'pbx-calendar/*' }
}
'The service is not on the list.'
