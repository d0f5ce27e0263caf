//! What is wrong with an item, and what to do.

use calendar::settings::Code;
use ui::{Words, words};

/// What is wrong with an item, and what to do. Numbers lie between `$0` and `$1`.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn problem(code: Code) -> Words {
    match code {
        Code::Required => words![
            "This is missing. Enter it, or disable the synchronisation.",
            "Das fehlt. Geben Sie es ein, oder schalten Sie die Synchronisation aus.",
            "Cette valeur manque. Saisissez-la ou désactivez la synchronisation.",
            "Questo valore manca. Immetterlo o disattivare la sincronizzazione.",
            "Falta este valor. Introdúzcalo o desactive la sincronización.",
            "Deze waarde ontbreekt. Vul deze in of schakel de synchronisatie uit.",
        ],
        Code::PbxName => words![
            "This is more than a name. Enter the name of the PBX alone, without dots, slashes, colons or \
             blanks.",
            "Das ist mehr als ein Name. Geben Sie nur den Namen der PBX ein, ohne Punkte, Schrägstriche, \
             Doppelpunkte und Leerzeichen.",
            "C’est plus qu’un nom. Saisissez seulement le nom du PBX, sans points, barres obliques, \
             deux-points ni espaces.",
            "È più di un nome. Immettere solo il nome del PBX, senza punti, barre, due punti o spazi.",
            "Es más que un nombre. Introduzca solo el nombre de la PBX, sin puntos, barras, dos puntos ni \
             espacios.",
            "Dit is meer dan een naam. Voer alleen de naam van de PBX in, zonder punten, schuine strepen, \
             dubbele punten of spaties.",
        ],
        Code::TimeZone => words![
            "There is no such time zone. Enter one of the IANA database, such as Europe/Berlin.",
            "Diese Zeitzone gibt es nicht. Geben Sie eine der IANA-Datenbank ein, etwa Europe/Berlin.",
            "Ce fuseau horaire n’existe pas. Saisissez-en un de la base IANA, p. ex. Europe/Paris.",
            "Questo fuso orario non esiste. Immetterne uno del database IANA, ad es. Europe/Rome.",
            "Esta zona horaria no existe. Introduzca una de la base de datos IANA, p. ej. Europe/Madrid.",
            "Deze tijdzone bestaat niet. Voer er een uit de IANA-database in, bijv. Europe/Amsterdam.",
        ],
        Code::Duplicate => words![
            "An entry stands in both lists. Remove it from one of them.",
            "Ein Eintrag steht in beiden Listen. Entfernen Sie ihn aus einer von ihnen.",
            "Une entrée figure dans les deux listes. Supprimez-la de l’une d’elles.",
            "Una voce è presente in entrambi gli elenchi. Rimuoverla da uno dei due.",
            "Una entrada está en las dos listas. Quítela de una de ellas.",
            "Een item staat in beide lijsten. Verwijder het uit een ervan.",
        ],
        Code::User => words![
            "This is not an account. Enter an e-mail address; on-premises DOMAIN\\user is possible too.",
            "Das ist kein Konto. Geben Sie eine E-Mail-Adresse ein; lokal ist auch DOMÄNE\\Benutzer \
             möglich.",
            "Ce n’est pas un compte. Saisissez une adresse e-mail ; en local, DOMAINE\\utilisateur \
             convient aussi.",
            "Non è un account. Immettere un indirizzo e-mail; in locale è possibile anche DOMINIO\\utente.",
            "No es una cuenta. Introduzca una dirección de correo; en local también sirve \
             DOMINIO\\usuario.",
            "Dit is geen account. Voer een e-mailadres in; on-premises kan ook DOMEIN\\gebruiker.",
        ],
        Code::Email => words![
            "This is not an e-mail address. Enter it as name@example.com.",
            "Das ist keine E-Mail-Adresse. Geben Sie sie als name@example.com ein.",
            "Ce n’est pas une adresse e-mail. Saisissez-la sous la forme nom@example.com.",
            "Non è un indirizzo e-mail. Immetterlo nella forma nome@example.com.",
            "No es una dirección de correo. Introdúzcala como nombre@example.com.",
            "Dit is geen e-mailadres. Voer het in als naam@example.com.",
        ],
        Code::Https => words![
            "This is not a secure address. Enter one that begins with https://.",
            "Das ist keine sichere Adresse. Geben Sie eine ein, die mit https:// beginnt.",
            "Ce n’est pas une adresse sécurisée. Saisissez-en une qui commence par https://.",
            "Non è un indirizzo sicuro. Immetterne uno che inizi con https://.",
            "No es una dirección segura. Introduzca una que empiece por https://.",
            "Dit is geen veilig adres. Voer er een in dat begint met https://.",
        ],
        Code::Path => words![
            "This address has a path. Enter it only up to the name of the server.",
            "Diese Adresse hat einen Pfad. Geben Sie sie nur bis zum Namen des Servers ein.",
            "Cette adresse a un chemin. Saisissez-la seulement jusqu’au nom du serveur.",
            "Questo indirizzo ha un percorso. Immetterlo solo fino al nome del server.",
            "Esta dirección tiene una ruta. Introdúzcala solo hasta el nombre del servidor.",
            "Dit adres heeft een pad. Voer het alleen in tot en met de naam van de server.",
        ],
        Code::Range => words![
            "This number does not fit. Enter a whole number from $0 to $1.",
            "Diese Zahl passt nicht. Geben Sie eine ganze Zahl von $0 bis $1 ein.",
            "Ce nombre ne convient pas. Saisissez un nombre entier de $0 à $1.",
            "Questo numero non va bene. Immettere un numero intero da $0 a $1.",
            "Este número no sirve. Introduzca un número entero de $0 a $1.",
            "Dit getal past niet. Voer een geheel getal van $0 tot en met $1 in.",
        ],
        Code::Guid => words![
            "This is not a GUID. Enter it as 8-4-4-4-12 digits, copied from the app registration.",
            "Das ist keine GUID. Geben Sie sie mit 8-4-4-4-12 Stellen ein, kopiert aus der \
             App-Registrierung.",
            "Ce n’est pas un GUID. Saisissez-le sous la forme 8-4-4-4-12, copié depuis l’inscription \
             d’application.",
            "Non è un GUID. Immetterlo nella forma 8-4-4-4-12, copiato dalla registrazione dell’app.",
            "No es un GUID. Introdúzcalo con la forma 8-4-4-4-12, copiado del registro de la aplicación.",
            "Dit is geen GUID. Voer de GUID in als 8-4-4-4-12 tekens, gekopieerd uit de app-registratie.",
        ],
        Code::Tenant => words![
            "This is neither a GUID nor a domain. Copy the tenant ID, or enter a domain such as \
             example.com.",
            "Das ist weder eine GUID noch eine Domäne. Kopieren Sie die Mandanten-ID, oder geben Sie eine \
             Domäne wie example.com ein.",
            "Ce n’est ni un GUID ni un domaine. Copiez l’ID de locataire, ou saisissez un domaine comme \
             example.com.",
            "Non è né un GUID né un dominio. Copiare l’ID tenant oppure immettere un dominio come \
             example.com.",
            "No es un GUID ni un dominio. Copie el id. de inquilino o introduzca un dominio como \
             example.com.",
            "Dit is geen GUID en geen domein. Kopieer de tenant-id of voer een domein in, zoals \
             example.com.",
        ],
        Code::ReadOnly => words![
            "This is filled by the service and cannot be changed.",
            "Das füllt der Dienst aus, es lässt sich nicht ändern.",
            "Cette valeur est fournie par le service et ne peut pas être modifiée.",
            "Questo valore è fornito dal servizio e non può essere modificato.",
            "Este valor lo rellena el servicio y no se puede cambiar.",
            "Deze waarde wordt door de service ingevuld en kan niet worden gewijzigd.",
        ],
        Code::Date => words![
            "There is no such date. Enter it as year, month, day: 2027-01-31.",
            "Dieses Datum gibt es nicht. Geben Sie Jahr, Monat, Tag ein: 2027-01-31.",
            "Cette date n’existe pas. Saisissez l’année, le mois, le jour : 2027-01-31.",
            "Questa data non esiste. Immettere anno, mese, giorno: 2027-01-31.",
            "Esta fecha no existe. Introduzca año, mes, día: 2027-01-31.",
            "Deze datum bestaat niet. Voer jaar, maand, dag in: 2027-01-31.",
        ],
        Code::Pem => words![
            "This is not a certificate in PEM form. Paste it from BEGIN CERTIFICATE to END CERTIFICATE, \
             and no private key.",
            "Das ist kein Zertifikat in PEM-Form. Fügen Sie es von BEGIN CERTIFICATE bis END CERTIFICATE \
             ein, und keinen privaten Schlüssel.",
            "Ce n’est pas un certificat au format PEM. Collez-le de BEGIN CERTIFICATE à END CERTIFICATE, \
             sans clé privée.",
            "Non è un certificato in formato PEM. Incollarlo da BEGIN CERTIFICATE a END CERTIFICATE, \
             senza chiave privata.",
            "No es un certificado en formato PEM. Péguelo desde BEGIN CERTIFICATE hasta END CERTIFICATE, \
             sin clave privada.",
            "Dit is geen certificaat in PEM-vorm. Plak het van BEGIN CERTIFICATE tot en met END \
             CERTIFICATE, zonder privésleutel.",
        ],
        Code::Url => words![
            "This is not a proxy. Enter it as http://server:port, without a path; user and password have \
             fields of their own.",
            "Das ist kein Proxy. Geben Sie ihn als http://server:port ein, ohne Pfad; Benutzer und Passwort \
             haben eigene Felder.",
            "Ce n’est pas un proxy. Saisissez-le sous la forme http://serveur:port, sans chemin ; \
             l’utilisateur et le mot de passe ont leurs propres champs.",
            "Non è un proxy. Immetterlo nella forma http://server:porta, senza percorso; utente e password \
             hanno campi propri.",
            "No es un proxy. Introdúzcalo como http://servidor:puerto, sin ruta; el usuario y la contraseña \
             tienen sus propios campos.",
            "Dit is geen proxy. Voer de proxy in als http://server:poort, zonder pad; gebruiker en \
             wachtwoord hebben eigen velden.",
        ],
        Code::Type => words![
            "The service does not take this kind of value. Is this form older than the service?",
            "Der Dienst nimmt Werte dieser Art nicht an. Ist dieses Formular älter als der Dienst?",
            "Le service n’accepte pas ce genre de valeur. Ce formulaire est-il plus ancien que le \
             service ?",
            "Il servizio non accetta questo tipo di valore. Questo modulo è meno recente del servizio?",
            "El servicio no acepta este tipo de valor. ¿Es este formulario más antiguo que el servicio?",
            "De service accepteert dit soort waarde niet. Is dit formulier ouder dan de service?",
        ],
        Code::Choice => words![
            "The service does not know this choice. Is it older than this form?",
            "Der Dienst kennt diese Auswahl nicht. Ist er älter als dieses Formular?",
            "Le service ne connaît pas ce choix. Est-il plus ancien que ce formulaire ?",
            "Il servizio non conosce questa scelta. È meno recente di questo modulo?",
            "El servicio no conoce esta opción. ¿Es más antiguo que este formulario?",
            "De service kent deze keuze niet. Is de service ouder dan dit formulier?",
        ],
        Code::UnknownItem => words![
            "The service does not know this setting. Is it older than this form?",
            "Der Dienst kennt diese Einstellung nicht. Ist er älter als dieses Formular?",
            "Le service ne connaît pas ce paramètre. Est-il plus ancien que ce formulaire ?",
            "Il servizio non conosce questa impostazione. È meno recente di questo modulo?",
            "El servicio no conoce este ajuste. ¿Es más antiguo que este formulario?",
            "De service kent deze instelling niet. Is de service ouder dan dit formulier?",
        ],
        Code::Insecure => words![
            "The service takes passwords only over a secure connection. Open the PBX Manager with https.",
            "Der Dienst nimmt Passwörter nur über eine sichere Verbindung an. Öffnen Sie den PBX Manager \
             mit https.",
            "Le service n’accepte les mots de passe que par une connexion sécurisée. Ouvrez le PBX \
             Manager en https.",
            "Il servizio accetta password solo su una connessione sicura. Aprire il PBX Manager con https.",
            "El servicio solo acepta contraseñas por una conexión segura. Abra el PBX Manager con https.",
            "De service accepteert wachtwoorden alleen via een beveiligde verbinding. Open de PBX Manager \
             met https.",
        ],
        Code::Encryption => words![
            "The password did not arrive intact. Reload this page and enter it again.",
            "Das Passwort kam nicht unversehrt an. Laden Sie diese Seite neu und geben Sie es noch einmal \
             ein.",
            "Le mot de passe n’est pas arrivé intact. Rechargez cette page et saisissez-le de nouveau.",
            "La password non è arrivata integra. Ricaricare questa pagina e immetterla di nuovo.",
            "La contraseña no llegó intacta. Recargue esta página e introdúzcala de nuevo.",
            "Het wachtwoord is niet ongeschonden aangekomen. Laad deze pagina opnieuw en voer het \
             nogmaals in.",
        ],
        Code::SecretAgain => words![
            "What you changed decides where this is sent. Enter it again, so that nobody can have a stored \
             one sent elsewhere.",
            "Ihre Änderung bestimmt, wohin dies gesendet wird. Geben Sie es noch einmal ein, damit niemand \
             einen gespeicherten Wert umleiten kann.",
            "Ce que vous avez modifié détermine où cette valeur est envoyée. Saisissez-la de nouveau, afin \
             que personne ne puisse détourner une valeur enregistrée.",
            "Ciò che è stato modificato determina dove viene inviato questo valore. Immetterlo di nuovo, \
             affinché nessuno possa dirottare un valore memorizzato.",
            "Lo que ha cambiado decide adónde se envía este valor. Introdúzcalo de nuevo, para que nadie \
             pueda desviar uno almacenado.",
            "Wat u hebt gewijzigd, bepaalt waar deze waarde naartoe gaat. Voer de waarde opnieuw in, zodat \
             niemand een opgeslagen waarde kan omleiden.",
        ],
    }
}
