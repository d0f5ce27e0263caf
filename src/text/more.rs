//! Where values are found, at length: shown to those who ask.

use calendar::settings::Item;
use ui::{Words, words};

/// Where the value of an item is found. None for items that need no explanation.
pub fn more(item: Item) -> Option<Words> {
    Some(match item {
        Item::PbxName => words![
            "In the PBX under PBX / Config / General, “PBX Name”. The status line above names the PBXs that are connected.",
            "In der PBX unter PBX / Config / General, „PBX Name“. Die Statuszeile oben nennt die verbundenen PBXen.",
            "Dans le PBX, sous PBX / Config / General, « PBX Name ». La ligne d’état ci-dessus nomme les PBX connectés.",
            "Nel PBX in PBX / Config / General, “PBX Name”. La riga di stato in alto elenca i PBX connessi.",
            "En la PBX, en PBX / Config / General, «PBX Name». La línea de estado de arriba nombra las PBX conectadas.",
            "In de PBX onder PBX / Config / General, ‘PBX Name’. De statusregel hierboven noemt de verbonden PBX’en."
        ],
        Item::PriorityWords | Item::PriorityExcludedWords => words![
            "A word is found anywhere in the title: holiday also in “Summerholiday”. In quotes it counts as a whole word only: \"on\".",
            "Ein Wort wird überall im Titel gefunden: Urlaub auch in „Sommerurlaub“. In Anführungszeichen zählt es nur als ganzes Wort: \"ab\".",
            "Un mot est trouvé partout dans le titre. Entre guillemets, il ne compte que comme mot entier : \"RTT\".",
            "Una parola si trova ovunque nel titolo. Tra virgolette conta solo come parola intera: \"ROL\".",
            "Una palabra se encuentra en cualquier parte del título. Entre comillas cuenta solo como palabra completa: \"baja\".",
            "Een woord wordt overal in de titel gevonden. Tussen aanhalingstekens telt het alleen als heel woord: \"af\"."
        ],
        Item::ClientId => words![
            "Microsoft Entra admin center → App registrations → your application → Overview → “Application (client) ID”. Not the Object ID two lines below.",
            "Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → „Anwendungs-ID (Client)“. Nicht die Objekt-ID darunter.",
            "Centre d’administration Microsoft Entra → Inscriptions d’applications → votre application → Vue d’ensemble → « ID d’application (client) ». Pas l’ID d’objet en dessous.",
            "Interfaccia di amministrazione di Microsoft Entra → Registrazioni app → la propria applicazione → Panoramica → “ID applicazione (client)”. Non l’ID oggetto sotto.",
            "Centro de administración de Microsoft Entra → Registros de aplicaciones → su aplicación → Información general → «Id. de aplicación (cliente)». No el Id. de objeto de debajo.",
            "Microsoft Entra-beheercentrum → App-registraties → uw toepassing → Overzicht → ‘Toepassings-id (client)’. Niet de object-id eronder."
        ],
        Item::TenantId => words![
            "Microsoft Entra admin center → App registrations → your application → Overview → “Directory (tenant) ID”. A domain of the tenant, such as example.com, does as well.",
            "Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Übersicht → „Verzeichnis-ID (Mandant)“. Eine Domäne des Mandanten wie example.com geht auch.",
            "Centre d’administration Microsoft Entra → Inscriptions d’applications → votre application → Vue d’ensemble → « ID de l’annuaire (locataire) ». Un domaine du locataire, comme example.com, convient aussi.",
            "Interfaccia di amministrazione di Microsoft Entra → Registrazioni app → la propria applicazione → Panoramica → “ID directory (tenant)”. Va bene anche un dominio del tenant, come example.com.",
            "Centro de administración de Microsoft Entra → Registros de aplicaciones → su aplicación → Información general → «Id. de directorio (inquilino)». También sirve un dominio del inquilino, como example.com.",
            "Microsoft Entra-beheercentrum → App-registraties → uw toepassing → Overzicht → ‘Map-id (tenant)’. Een domein van de tenant, zoals example.com, kan ook."
        ],
        Item::ClientSecret | Item::ClientSecretExpires => words![
            "Microsoft Entra admin center → App registrations → your application → Certificates & secrets → New client secret. Copy “Value” at once, it is shown only then; “Expires” stands beside it.",
            "Microsoft Entra Admin Center → App-Registrierungen → Ihre Anwendung → Zertifikate & Geheimnisse → Neuer geheimer Clientschlüssel. Kopieren Sie „Wert“ sofort, er wird nur dann gezeigt; „Gültig bis“ steht daneben.",
            "Centre d’administration Microsoft Entra → Inscriptions d’applications → votre application → Certificats et secrets → Nouveau secret client. Copiez aussitôt la « Valeur », affichée une seule fois ; « Date d’expiration » est à côté.",
            "Interfaccia di amministrazione di Microsoft Entra → Registrazioni app → la propria applicazione → Certificati e segreti → Nuovo segreto client. Copiare subito il “Valore”, mostrato solo allora; “Scadenza” è accanto.",
            "Centro de administración de Microsoft Entra → Registros de aplicaciones → su aplicación → Certificados y secretos → Nuevo secreto de cliente. Copie enseguida el «Valor», solo se muestra entonces; «Expira» está al lado.",
            "Microsoft Entra-beheercentrum → App-registraties → uw toepassing → Certificaten en geheimen → Nieuw clientgeheim. Kopieer ‘Waarde’ meteen, die wordt alleen dan getoond; ‘Verloopt’ staat ernaast."
        ],
        _ => return None,
    })
}
