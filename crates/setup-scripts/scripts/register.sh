# Registers the application with which pbx-calendar reads calendars, and grants its permissions.

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

clients=$(az ad app list --filter "$found_by" --query '[].appId' --output tsv)
case $(say "$clients" | grep -c . || true) in
  0) client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv) ;;
  1) client=$clients ;;
  *) fail "Several registrations have this name. Choose another one, or delete those that are not used." ;;
esac

principal=$(az ad sp list --filter "appId eq '$client'" --query '[].id' --output tsv)
if [ -z "$principal" ]; then
  principal=$(az ad sp create --id "$client" --query id --output tsv)
fi
owner=$(az ad sp list --filter "appId eq '$resource'" --query '[].id' --output tsv)

declared() { az ad app show --id "$client" --query 'requiredResourceAccess[].resourceAccess[].id' --output tsv; }
granted() {
  az rest --method GET --url "$graph_url/v1.0/servicePrincipals/$principal/appRoleAssignments" \
    --query 'value[].appRoleId' --output tsv
}

# A new service principal is not known everywhere at once.
grant() {
  body=$(printf '{"principalId":"%s","resourceId":"%s","appRoleId":"%s"}' "$principal" "$owner" "$1")
  try=1
  until az rest --method POST --url "$graph_url/v1.0/servicePrincipals/$principal/appRoleAssignments" \
    --headers Content-Type=application/json --body "$body" --output none; do
    [ "$try" -lt 6 ] || fail "The permission $1 could not be granted. A Privileged Role Administrator has to do it."
    try=$((try + 1))
    sleep 10
  done
}

for role in $roles; do
  if ! declared | grep -qxF "$role"; then
    az ad app permission add --id "$client" --api "$resource" --api-permissions "$role=Role" --output none
  fi
  if ! granted | grep -qxF "$role"; then
    grant "$role"
  fi
done

have=$(granted)
for role in $roles; do
  say "$have" | grep -qxF "$role" || fail "The permission $role is not granted."
done

say "Application (client) ID: $client"
say "Directory (tenant) ID: $(az account show --query tenantId --output tsv)"
say "Object ID (enterprise application): $principal"
