# Deletes the registration of this name, with its secrets and permissions.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$environment = 'Global'
$tenant = 'contoso.example'
$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$found_by = 'displayName eq ''O''''Neill’’s $(touch pwned) `x` "y" & ; Ñ'''
$resource = '00000003-0000-0000-c000-000000000000'
$roles = 'df021288-bdef-4463-88db-98f22de89214'

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
