# Lists this service among the user agents that Exchange Online lets in, where only listed ones are.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$exchange = ''

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach

$config = Get-OrganizationConfig
if ($config.EwsApplicationAccessPolicy -ne 'EnforceAllowList') {
    'Exchange Online asks for no list of user agents. Nothing is changed.'
} elseif (@($config.EwsAllowList) -contains 'pbx-calendar/*') {
    'The service is on the list.'
} else {
    Set-OrganizationConfig -EwsAllowList @{ Add = 'pbx-calendar/*' }
    if (@((Get-OrganizationConfig).EwsAllowList) -notcontains 'pbx-calendar/*') { throw 'The service is not on the list.' }
    'The service is on the list now.'
}
