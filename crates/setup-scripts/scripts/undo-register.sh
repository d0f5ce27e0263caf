# Deletes the registration of this name, with its secrets and permissions.

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none
: "$graph_url" "$resource" "$roles"

clients=$(az ad app list --filter "$found_by" --query '[].appId' --output tsv)
case $(printf '%s\n' "$clients" | grep -c . || true) in
  0) printf '%s\n' "There is no registration $name." ;;
  1)
    az ad app delete --id "$clients"
    printf '%s\n' "The registration $name is deleted."
    ;;
  *)
    printf '%s\n' "Several registrations are called $name. Delete the right one in the portal." >&2
    exit 1
    ;;
esac
