//! What the fields say beside labels, help and problems.

use ui::{Words, words};

/// Opens the longer explanation of an item.
pub const MORE: Words = words![
    "More about this",
    "Mehr dazu",
    "En savoir plus",
    "Altre informazioni",
    "Más información",
    "Meer hierover"
];

/// Group of the choice that is recommended.
pub const RECOMMENDED: Words =
    words!["Recommended", "Empfohlen", "Recommandé", "Consigliato", "Recomendado", "Aanbevolen"];

/// Button: copy the text beside it.
pub const COPY: Words = words!["Copy", "Kopieren", "Copier", "Copia", "Copiar", "Kopiëren"];

/// It was copied.
pub const COPIED: Words = words!["Copied", "Kopiert", "Copié", "Copiato", "Copiado", "Gekopieerd"];

/// Button: take the text from a file.
pub const CHOOSE_FILE: Words = words![
    "Choose a file, or drop it here",
    "Datei wählen oder hierher ziehen",
    "Choisir un fichier ou le déposer ici",
    "Scegliere un file o trascinarlo qui",
    "Elegir un archivo o soltarlo aquí",
    "Bestand kiezen of hierheen slepen"
];

/// Name of the list of time zones.
pub const TIME_ZONES: Words =
    words!["Time zones", "Zeitzonen", "Fuseaux horaires", "Fusi orari", "Zonas horarias", "Tijdzones"];

/// Button of the entry `$0`: whether it counts only as a whole word.
pub const WHOLE_WORD: Words = words![
    "Only as a whole word: $0",
    "Nur als ganzes Wort: $0",
    "Mot entier seulement : $0",
    "Solo parola intera: $0",
    "Solo palabra completa: $0",
    "Alleen als heel woord: $0"
];

/// Button of the entry `$0`: take it out of the list.
pub const REMOVE_ENTRY: Words =
    words!["Remove: $0", "Entfernen: $0", "Supprimer : $0", "Rimuovi: $0", "Quitar: $0", "Verwijderen: $0"];

/// Label of the field to try a title.
pub const TRY_TITLE: Words = words![
    "Try a title",
    "Einen Titel ausprobieren",
    "Essayer un titre",
    "Provare un titolo",
    "Probar un título",
    "Een titel proberen"
];

/// What might stand in that field.
pub const TRY_TITLE_EXAMPLE: Words = words![
    "Summer holiday, Anna",
    "Sommerurlaub Anna",
    "Vacances d’été Anna",
    "Ferie estive Anna",
    "Vacaciones de verano Ana",
    "Zomervakantie Anna"
];

/// The title tried is prioritized because of the entry `$0`.
pub const COUNTS_FIRST: Words = words![
    "Goes before others: it contains “$0”.",
    "Geht anderen vor: enthält „$0“.",
    "Passe avant les autres : contient « $0 ».",
    "Precede gli altri: contiene “$0”.",
    "Va antes que otras: contiene «$0».",
    "Gaat voor andere: bevat ‘$0’."
];

/// The title tried comes last because of the entry `$0`.
pub const COUNTS_LAST: Words = words![
    "Goes after others: it contains “$0”, which it must not.",
    "Kommt nach anderen: enthält „$0“, was nicht vorkommen darf.",
    "Passe après les autres : contient « $0 », qui est exclu.",
    "Segue gli altri: contiene “$0”, che è escluso.",
    "Va después de otras: contiene «$0», que está excluido.",
    "Komt na andere: bevat ‘$0’, wat niet mag."
];

/// The title tried contains no entry.
pub const COUNTS_AS_USUAL: Words = words![
    "Contains no entry of either list: it counts as usual.",
    "Enthält keinen Eintrag der beiden Listen: zählt wie gewöhnlich.",
    "Ne contient aucune entrée des deux listes : compte normalement.",
    "Non contiene voci delle due liste: conta come al solito.",
    "No contiene ninguna entrada de las dos listas: cuenta como siempre.",
    "Bevat geen woord uit de twee lijsten: telt gewoon mee."
];

/// The secret expires; `$0` is when.
pub const EXPIRES: Words =
    words!["Expires $0.", "Läuft $0 ab.", "Expire $0.", "Scade $0.", "Caduca $0.", "Verloopt $0."];

/// The secret has expired; `$0` is when.
pub const EXPIRED: Words = words![
    "Expired $0. Create a new secret and enter its value above.",
    "Abgelaufen $0. Erstellen Sie ein neues Geheimnis und geben Sie oben dessen Wert ein.",
    "Expiré $0. Créez un nouveau secret et saisissez sa valeur ci-dessus.",
    "Scaduto $0. Creare un nuovo segreto e inserirne il valore qui sopra.",
    "Caducó $0. Cree un secreto nuevo e introduzca su valor arriba.",
    "Verlopen $0. Maak een nieuw geheim en voer de waarde hierboven in."
];

/// Button: put client and tenant into each other's place.
pub const SWAP_IDS: Words = words![
    "Swap the two",
    "Beide vertauschen",
    "Échanger les deux",
    "Scambiare i due",
    "Intercambiar los dos",
    "De twee omwisselen"
];

/// Client and tenant are swapped.
pub const MIXUP_SWAPPED: Words = words![
    "Client ID and Tenant ID seem to be swapped.",
    "Client-ID und Mandanten-ID sind anscheinend vertauscht.",
    "L’ID client et l’ID de locataire semblent inversés.",
    "ID client e ID tenant sembrano scambiati.",
    "El identificador de cliente y el de inquilino parecen intercambiados.",
    "Client-id en tenant-id lijken verwisseld."
];

/// Client and tenant are the same.
pub const MIXUP_SAME: Words = words![
    "Client ID and Tenant ID are the same. On the overview page of the app registration they are two lines.",
    "Client-ID und Mandanten-ID sind gleich. Auf der Übersicht der App-Registrierung sind es zwei Zeilen.",
    "L’ID client et l’ID de locataire sont identiques. Sur la vue d’ensemble de l’inscription d’application, ce sont deux lignes.",
    "ID client e ID tenant sono uguali. Nella panoramica della registrazione dell’app sono due righe.",
    "Los identificadores de cliente y de inquilino son iguales. En la información general del registro son dos líneas.",
    "Client-id en tenant-id zijn gelijk. Op het overzicht van de app-registratie zijn het twee regels."
];

/// A tenant stands in the field of the client.
pub const MIXUP_TENANT_AS_CLIENT: Words = words![
    "This looks like the tenant. Here the “Application (client) ID” is wanted.",
    "Das sieht nach dem Mandanten aus. Hier gehört die „Anwendungs-ID (Client)“ hin.",
    "Cela ressemble au locataire. Ici, il faut l’« ID d’application (client) ».",
    "Sembra il tenant. Qui serve l’“ID applicazione (client)”.",
    "Parece el inquilino. Aquí va el «Id. de aplicación (cliente)».",
    "Dit lijkt de tenant. Hier hoort de ‘Toepassings-id (client)’."
];

/// A client stands in the field of the tenant.
pub const MIXUP_CLIENT_AS_TENANT: Words = words![
    "This looks like the application. Here the “Directory (tenant) ID” is wanted.",
    "Das sieht nach der Anwendung aus. Hier gehört die „Verzeichnis-ID (Mandant)“ hin.",
    "Cela ressemble à l’application. Ici, il faut l’« ID de l’annuaire (locataire) ».",
    "Sembra l’applicazione. Qui serve l’“ID directory (tenant)”.",
    "Parece la aplicación. Aquí va el «Id. de directorio (inquilino)».",
    "Dit lijkt de toepassing. Hier hoort de ‘Map-id (tenant)’."
];

/// The Object ID stands there.
pub const MIXUP_OBJECT_ID: Words = words![
    "This is the Object ID. The right one stands on the same page as “Application (client) ID”.",
    "Das ist die Objekt-ID. Die richtige steht auf derselben Seite als „Anwendungs-ID (Client)“.",
    "C’est l’ID d’objet. Le bon se trouve sur la même page : « ID d’application (client) ».",
    "È l’ID oggetto. Quello giusto è nella stessa pagina: “ID applicazione (client)”.",
    "Es el Id. de objeto. El correcto está en la misma página: «Id. de aplicación (cliente)».",
    "Dit is de object-id. De juiste staat op dezelfde pagina als ‘Toepassings-id (client)’."
];

/// The Secret ID stands in the field of the secret.
pub const MIXUP_SECRET_ID: Words = words![
    "This is the Secret ID. The “Value” beside it is wanted; Microsoft shows it only once, so you may need a new secret.",
    "Das ist die Geheimnis-ID. Gebraucht wird der „Wert“ daneben; Microsoft zeigt ihn nur einmal, vielleicht brauchen Sie ein neues Geheimnis.",
    "C’est l’ID de secret. Il faut la « Valeur » à côté ; Microsoft ne l’affiche qu’une fois, un nouveau secret est peut-être nécessaire.",
    "È l’ID segreto. Serve il “Valore” accanto; Microsoft lo mostra una sola volta, forse serve un nuovo segreto.",
    "Es el Id. de secreto. Se necesita el «Valor» de al lado; Microsoft lo muestra una sola vez, quizá haga falta un secreto nuevo.",
    "Dit is de geheim-id. De ‘Waarde’ ernaast is nodig; Microsoft toont die maar één keer, misschien is een nieuw geheim nodig."
];

/// The Secret ID stands in the field of an ID.
pub const MIXUP_SECRET_ID_AS_ID: Words = words![
    "This is the ID of a secret, not of the application or the tenant.",
    "Das ist die ID eines Geheimnisses, nicht die der Anwendung oder des Mandanten.",
    "C’est l’ID d’un secret, pas celui de l’application ou du locataire.",
    "È l’ID di un segreto, non dell’applicazione o del tenant.",
    "Es el identificador de un secreto, no de la aplicación ni del inquilino.",
    "Dit is de id van een geheim, niet van de toepassing of de tenant."
];

/// An ID of Microsoft's own.
pub const MIXUP_MICROSOFTS: Words = words![
    "This ID belongs to Microsoft itself, as how-tos show it. Enter the one of your own app registration.",
    "Diese ID gehört Microsoft selbst, wie Anleitungen sie zeigen. Geben Sie die Ihrer eigenen App-Registrierung ein.",
    "Cet ID appartient à Microsoft, tel que des guides le montrent. Saisissez celui de votre propre inscription.",
    "Questo ID appartiene a Microsoft, come nelle guide. Inserire quello della propria registrazione.",
    "Este identificador es de Microsoft, como lo muestran las guías. Introduzca el de su propio registro.",
    "Deze id is van Microsoft zelf, zoals in handleidingen. Voer die van de eigen app-registratie in."
];

/// A secret that the portal shows no more.
pub const MIXUP_MASKED: Words = words![
    "This is only the beginning of the secret: Microsoft shows the whole once, when it is created. Create a new one.",
    "Das ist nur der Anfang des Geheimnisses: Microsoft zeigt es einmal ganz, beim Erstellen. Erstellen Sie ein neues.",
    "Ce n’est que le début du secret : Microsoft l’affiche en entier une seule fois, à la création. Créez-en un nouveau.",
    "È solo l’inizio del segreto: Microsoft lo mostra intero una volta, alla creazione. Crearne uno nuovo.",
    "Es solo el principio del secreto: Microsoft lo muestra entero una vez, al crearlo. Cree uno nuevo.",
    "Dit is alleen het begin van het geheim: Microsoft toont het één keer volledig, bij het aanmaken. Maak een nieuw."
];

/// A secret that does not look like one of Microsoft's.
pub const MIXUP_ODD_SECRET: Words = words![
    "This does not look like a client secret of Microsoft: those have about 40 characters. Copy the “Value” whole.",
    "Das sieht nicht nach einem Clientgeheimnis von Microsoft aus: die haben etwa 40 Zeichen. Kopieren Sie den ganzen „Wert“.",
    "Cela ne ressemble pas à un secret client de Microsoft, qui compte environ 40 caractères. Copiez toute la « Valeur ».",
    "Non sembra un segreto client di Microsoft: hanno circa 40 caratteri. Copiare l’intero “Valore”.",
    "No parece un secreto de cliente de Microsoft, que tiene unos 40 caracteres. Copie el «Valor» entero.",
    "Dit lijkt geen clientgeheim van Microsoft: die hebben ongeveer 40 tekens. Kopieer de hele ‘Waarde’."
];
