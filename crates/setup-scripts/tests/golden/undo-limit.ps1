# Takes away what limit.ps1 has granted in Exchange Online. What was taken away in Entra is granted there again.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$exchange = ''
$environment = 'Global'
$tenant = 'contoso.example'
$client = '0123abcd-89ab-4def-8123-456789abcdef'
$object = 'aaaaaaaa-89ab-4def-8123-456789abcdef'
$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$group = 'Vertrieb ‘‘Süd’’ $env:X'
$inside = 'anna@contoso.example'
$outside = 'boss@contoso.example'
$roles = 'Application Calendars.Read,Application MailboxSettings.Read'
$revoked = ''

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
