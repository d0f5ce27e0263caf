# Deletes the client secrets that secret.ps1 has made, also the one in use.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$environment = 'Global'
$tenant = 'contoso.example'
$client = '0123abcd-89ab-4def-8123-456789abcdef'
$years = '1'

Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('Application.ReadWrite.All') -NoWelcome

$app = Get-MgApplication -Filter "appId eq '$client'"
foreach ($secret in @($app.PasswordCredentials | Where-Object { $_.DisplayName -eq 'pbx-calendar' })) {
    Remove-MgApplicationPassword -ApplicationId $app.Id -KeyId $secret.KeyId
    "The secret $($secret.KeyId) is deleted."
}
