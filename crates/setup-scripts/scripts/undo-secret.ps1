# Deletes the client secrets that secret.ps1 has made, also the one in use.

Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('Application.ReadWrite.All') -NoWelcome

$app = Get-MgApplication -Filter "appId eq '$client'"
foreach ($secret in @($app.PasswordCredentials | Where-Object { $_.DisplayName -eq 'pbx-calendar' })) {
    Remove-MgApplicationPassword -ApplicationId $app.Id -KeyId $secret.KeyId
    "The secret $($secret.KeyId) is deleted."
}
