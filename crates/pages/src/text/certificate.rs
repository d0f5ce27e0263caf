//! What is said below the field of certificates.

use ui::{Words, words};

/// A certificate for `$0`: it ends on the day `$1`, which is `$2`.
pub const VALID: Words = words![
    "$0, valid until $1 ($2)",
    "$0, gültig bis $1 ($2)",
    "$0, valable jusqu’au $1 ($2)",
    "$0, valido fino al $1 ($2)",
    "$0, válido hasta el $1 ($2)",
    "$0, geldig tot en met $1 ($2)",
];

/// It has ended.
pub const EXPIRED: Words = words![
    "$0, expired on $1 ($2). Ask for its successor.",
    "$0, abgelaufen am $1 ($2). Lassen Sie sich den Nachfolger geben.",
    "$0, expiré le $1 ($2). Demandez son successeur.",
    "$0, scaduto il $1 ($2). Chiedere il suo successore.",
    "$0, caducó el $1 ($2). Pida su sucesor.",
    "$0, verlopen op $1 ($2). Vraag om de opvolger.",
];

/// It begins on the day `$1`.
pub const NOT_YET: Words = words![
    "$0, not valid before $1 ($2). Until then another one is needed.",
    "$0, erst gültig ab $1 ($2). Bis dahin wird ein anderes gebraucht.",
    "$0, valable seulement à partir du $1 ($2). D’ici là, il en faut un autre.",
    "$0, valido solo dal $1 ($2). Fino ad allora ne serve un altro.",
    "$0, válido solo a partir del $1 ($2). Hasta entonces hace falta otro.",
    "$0, pas geldig vanaf $1 ($2). Tot dan is een ander nodig.",
];

/// In the place of a name.
pub const NAMELESS: Words = words![
    "Certificate without a name",
    "Zertifikat ohne Namen",
    "Certificat sans nom",
    "Certificato senza nome",
    "Certificado sin nombre",
    "Certificaat zonder naam",
];

/// There is a private key.
pub const PRIVATE_KEY: Words = words![
    "There is a private key here. It is not needed, and must stay secret: remove it, from its BEGIN to its END.",
    "Hier steht ein privater Schlüssel. Er wird nicht gebraucht und muss geheim bleiben: Entfernen Sie ihn, von seinem BEGIN bis zu seinem END.",
    "Il y a ici une clé privée. Elle n’est pas nécessaire et doit rester secrète : retirez-la, de son BEGIN à son END.",
    "Qui c’è una chiave privata. Non serve e deve restare segreta: toglierla, dal suo BEGIN al suo END.",
    "Aquí hay una clave privada. No hace falta y debe seguir siendo secreta: quítela, desde su BEGIN hasta su END.",
    "Hier staat een privésleutel. Die is niet nodig en moet geheim blijven: verwijder hem, van BEGIN tot en met END.",
];

/// A certificate cannot be read.
pub const DAMAGED: Words = words![
    "A certificate here is incomplete or damaged. Copy it again, with all its lines.",
    "Ein Zertifikat hier ist unvollständig oder beschädigt. Kopieren Sie es noch einmal, mit allen Zeilen.",
    "Un certificat est ici incomplet ou endommagé. Copiez-le de nouveau, avec toutes ses lignes.",
    "Un certificato qui è incompleto o danneggiato. Copiarlo di nuovo, con tutte le sue righe.",
    "Aquí hay un certificado incompleto o dañado. Cópielo de nuevo, con todas sus líneas.",
    "Een certificaat hier is onvolledig of beschadigd. Kopieer het opnieuw, met alle regels.",
];

/// A file is not text.
pub const BINARY: Words = words![
    "This file is binary. Save the certificate as “Base-64 encoded X.509” (Windows) or PEM, and choose that file.",
    "Diese Datei ist binär. Speichern Sie das Zertifikat als „Base-64-codiert X.509“ (Windows) oder PEM, und wählen Sie diese Datei.",
    "Ce fichier est binaire. Enregistrez le certificat au format « X.509 encodé en base 64 » (Windows) ou PEM, puis choisissez ce fichier.",
    "Questo file è binario. Salvare il certificato come “Codificato Base-64 X.509” (Windows) o PEM e scegliere quel file.",
    "Este archivo es binario. Guarde el certificado como «X.509 codificado base 64» (Windows) o PEM, y elija ese archivo.",
    "Dit bestand is binair. Sla het certificaat op als ‘Base-64 encoded X.509’ (Windows) of PEM en kies dat bestand.",
];

/// There is nothing that could be one.
pub const NONE: Words = words![
    "There is no certificate here yet. One begins with -----BEGIN CERTIFICATE-----; Windows saves it so as “Base-64 encoded X.509”.",
    "Hier steht noch kein Zertifikat. Es beginnt mit -----BEGIN CERTIFICATE-----; Windows speichert es so als „Base-64-codiert X.509“.",
    "Il n’y a pas encore de certificat ici. Il commence par -----BEGIN CERTIFICATE----- ; Windows l’enregistre ainsi au format « X.509 encodé en base 64 ».",
    "Qui non c’è ancora un certificato. Inizia con -----BEGIN CERTIFICATE-----; Windows lo salva così come “Codificato Base-64 X.509”.",
    "Aquí aún no hay un certificado. Empieza por -----BEGIN CERTIFICATE-----; Windows lo guarda así como «X.509 codificado base 64».",
    "Hier staat nog geen certificaat. Het begint met -----BEGIN CERTIFICATE-----; Windows slaat het zo op als ‘Base-64 encoded X.509’.",
];
