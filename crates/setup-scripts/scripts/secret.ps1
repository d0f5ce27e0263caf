# Makes a client secret beside those that there are. Each run makes one.

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
