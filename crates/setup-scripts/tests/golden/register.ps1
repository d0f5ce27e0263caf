# Registers the application with which pbx-calendar reads calendars, and grants its permissions.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$environment = 'Global'
$tenant = 'contoso.example'
$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$found_by = 'displayName eq ''O''''Neill’’s $(touch pwned) `x` "y" & ; Ñ'''
$resource = '00000003-0000-0000-c000-000000000000'
$roles = 'df021288-bdef-4463-88db-98f22de89214'

Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All') -NoWelcome

$wanted = @($roles.Split(' ') | Where-Object { $_ })
$found = @(Get-MgApplication -Filter $found_by -All)
if ($found.Count -gt 1) {
    throw 'Several registrations have this name. Choose another one, or delete those that are not used.'
}
if ($found.Count -eq 1) {
    $app = $found[0]
} else {
    $app = New-MgApplication -DisplayName $name -SignInAudience 'AzureADMyOrg'
}
$client = $app.AppId

$principal = Get-MgServicePrincipal -Filter "appId eq '$client'"
if (-not $principal) {
    $principal = New-MgServicePrincipal -AppId $client
}
$owner = Get-MgServicePrincipal -Filter "appId eq '$resource'"

# What is asked for already stays.
$asked = @($app.RequiredResourceAccess | Where-Object { $_.ResourceAppId -eq $resource } | ForEach-Object { $_.ResourceAccess.Id })
$missing = @($wanted | Where-Object { $asked -notcontains $_ })
if ($missing.Count -gt 0) {
    $access = @($app.RequiredResourceAccess | Where-Object { $_.ResourceAppId -ne $resource })
    $own = @($app.RequiredResourceAccess | Where-Object { $_.ResourceAppId -eq $resource } | ForEach-Object { $_.ResourceAccess })
    $own += @($missing | ForEach-Object { @{ Id = $_; Type = 'Role' } })
    $access += @{ ResourceAppId = $resource; ResourceAccess = $own }
    Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess $access
}

foreach ($role in $wanted) {
    $granted = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All | ForEach-Object { $_.AppRoleId })
    # A new service principal is not known everywhere at once.
    for ($try = 1; $granted -notcontains $role; $try++) {
        try {
            $null = New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id -ResourceId $owner.Id -AppRoleId $role
            $granted += $role
        } catch {
            if ($try -ge 6) { throw }
            Start-Sleep -Seconds 10
        }
    }
}

$have = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All | ForEach-Object { $_.AppRoleId })
foreach ($role in $wanted) {
    if ($have -notcontains $role) { throw "The permission $role is not granted." }
}

"Application (client) ID: $client"
"Directory (tenant) ID: $((Get-MgContext).TenantId)"
"Object ID (enterprise application): $($principal.Id)"
