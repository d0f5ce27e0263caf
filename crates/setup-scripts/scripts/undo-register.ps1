# Deletes the registration of this name, with its secrets and permissions.

Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('Application.ReadWrite.All') -NoWelcome

$found = @(Get-MgApplication -Filter $found_by -All)
if ($found.Count -gt 1) {
    throw 'Several registrations have this name. Delete the right one in the portal.'
}
if ($found.Count -eq 1) {
    Remove-MgApplication -ApplicationId $found[0].Id
    "The registration $name is deleted."
} else {
    "There is no registration $name."
}
