# Lets the application read the mailboxes of a group alone, by RBAC for Applications in Exchange Online.

$reach = @{ ShowBanner = $false }
if ($exchange) { $reach.ExchangeEnvironmentName = $exchange }
Connect-ExchangeOnline @reach
if ((Get-OrganizationConfig).IsDehydrated) { Enable-OrganizationCustomization }

$groups = @(Get-Group -Identity $group)
if ($groups.Count -ne 1) { throw 'There are several groups of this name. Enter its e-mail address.' }
$filter = "MemberOfGroup -eq '" + $groups[0].DistinguishedName.Replace("'", "''") + "'"

if (-not (Get-ServicePrincipal | Where-Object { $_.AppId -eq $client })) {
    $null = New-ServicePrincipal -AppId $client -ObjectId $object -DisplayName $name
}
$scope = Get-ManagementScope | Where-Object { $_.Name -eq $name }
if (-not $scope) {
    $null = New-ManagementScope -Name $name -RecipientRestrictionFilter $filter
} elseif ($scope.RecipientFilter -ne $filter) {
    Set-ManagementScope -Identity $name -RecipientRestrictionFilter $filter
}
foreach ($role in $roles.Split(',')) {
    $has = Get-ManagementRoleAssignment -Role $role | Where-Object { $_.RoleAssigneeName -eq $object -and $_.CustomResourceScope -eq $name }
    if (-not $has) {
        $null = New-ManagementRoleAssignment -App $object -Role $role -CustomResourceScope $name
    }
}

$within = @(Test-ServicePrincipalAuthorization -Identity $client -Resource $inside | Where-Object { $roles.Split(',') -contains $_.RoleName })
if (@($within | Where-Object { $_.InScope }).Count -lt $roles.Split(',').Count) {
    throw "$inside is not within the scope. Only direct members of the group count."
}
"$inside is within the scope."
if ($outside) {
    $without = @(Test-ServicePrincipalAuthorization -Identity $client -Resource $outside | Where-Object { $roles.Split(',') -contains $_.RoleName })
    if (@($without | Where-Object { $_.InScope }).Count -gt 0) { throw "$outside is within the scope, though it should not be." }
    "$outside is outside of the scope."
}

# Grants add up: as long as the one in Entra is there, it opens every mailbox.
if ($revoked) {
    Connect-MgGraph -TenantId $tenant -Environment $environment -Scopes @('AppRoleAssignment.ReadWrite.All') -NoWelcome
    $grants = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $object -All | Where-Object { $revoked.Split(' ') -contains $_.AppRoleId })
    foreach ($grant in $grants) {
        Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $object -AppRoleAssignmentId $grant.Id
        "The grant $($grant.AppRoleId) in Entra is taken away."
    }
}
'It takes up to two hours until Microsoft Graph knows.'
