use serde_json::Value as Json;

use crate::list::Object;
use crate::templates::{change, templates};
use crate::transport::{Peer, Problem, Transport, ask, body};

/// Deletes an object. Templates first: if one fails, the object is still there to be deleted again, and no template
/// names what nobody can find any more.
pub async fn delete(transport: &dyn Transport, object: &Object) -> Result<(), Problem> {
    for template in templates(transport, &object.sip).await? {
        if template.has_object {
            change(transport, &template.cn, &object.sip, None).await?;
        }
    }
    ask(transport, Peer::Pbx, "DeleteObject", body([("guid", Json::from(&*object.guid))])).await.map(drop)
}
