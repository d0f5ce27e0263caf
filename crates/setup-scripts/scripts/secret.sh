# Makes a client secret beside those that there are. Each run makes one.

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none

# Without --append all others would be deleted, among them the one in use.
if ! secret=$(az ad app credential reset --id "$client" --append --display-name pbx-calendar --years "$years" \
  --query password --output tsv); then
  printf '%s\n' "No secret was made. If a policy allows no lifetime of so long, choose a shorter one." >&2
  exit 1
fi
expires=$(az ad app credential list --id "$client" --query "max_by([?displayName=='pbx-calendar'], &endDateTime).endDateTime" --output tsv)

printf '%s\n' "Client secret (value): $secret" "Expires: ${expires%%T*}"
