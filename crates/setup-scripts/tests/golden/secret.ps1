# Makes a client secret beside those that there are. Each run makes one.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$environment = 'Global'
$tenant = 'contoso.example'
$client = '0123abcd-89ab-4def-8123-456789abcdef'
$years = '1'

Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('Application.ReadWrite.All') -NoWelcome

$app = Get-MgApplication -Filter "appId eq '$client'"
$end = (Get-Date).AddYears([int]$years)
try {
    $secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential @{ DisplayName = 'pbx-calendar'; EndDateTime = $end }
} catch {
    Write-Warning 'No secret was made. If a policy allows no lifetime of so long, choose a shorter one.'
    throw
}

"Client secret (value): $($secret.SecretText)"
"Expires: $($secret.EndDateTime.ToString('yyyy-MM-dd'))"
