# Takes this service off the list of user agents again.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$exchange = ''

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

if (@((Get-OrganizationConfig).EwsAllowList) -contains 'pbx-calendar/*') {
    Set-OrganizationConfig -EwsAllowList @{ Remove = 'pbx-calendar/*' }
}
'The service is not on the list.'
