# Lets an account read the calendars of others, in a local Exchange. For the Exchange Management Shell.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
$ErrorActionPreference = 'Stop'

$name = 'O''Neill’’s $(touch pwned) `x` "y" & ; Ñ'
$account = 'CONTOSO\pbx'
$group = 'Vertrieb ‘‘Süd’’ $env:X'

if ($group) {
    $groups = @(Get-Group -Identity $group)
    if ($groups.Count -ne 1) { throw 'There are several groups of this name. Enter its e-mail address.' }
    $filter = "MemberOfGroup -eq '" + $groups[0].DistinguishedName.Replace("'", "''") + "'"
} else {
    $filter = "RecipientTypeDetails -eq 'UserMailbox'"
}

$scope = Get-ManagementScope | Where-Object { $_.Name -eq $name }
if (-not $scope) {
    $null = New-ManagementScope -Name $name -RecipientRestrictionFilter $filter
} elseif ($scope.RecipientFilter -ne $filter) {
    Set-ManagementScope -Identity $name -RecipientRestrictionFilter $filter
}
if (-not (Get-ManagementRoleAssignment | Where-Object { $_.Name -eq $name })) {
    $null = New-ManagementRoleAssignment -Name $name -Role ApplicationImpersonation -User $account -CustomRecipientWriteScope $name
}

$all = @(Get-ManagementRoleAssignment -Role ApplicationImpersonation -RoleAssignee $account)
if (-not ($all | Where-Object { $_.Name -eq $name })) { throw 'The assignment is not there.' }
foreach ($other in @($all | Where-Object { $_.Name -ne $name })) {
    Write-Warning "The account has a further assignment, which is not limited by this one: $($other.Name)"
}
"$account may read the calendars within the scope $name."
