//! The line of help under each item.

use calendar::settings::Item;
use ui::{Words, words};

/// Line of help under an item.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn help(item: Item) -> Words {
    match item {
        Item::PbxName => words![
            "Name of the one PBX whose connection is used, usually the master. Not its DNS name.",
            "Name der einen PBX, deren Verbindung genutzt wird, meist des Masters. Nicht ihr DNS-Name.",
            "Nom du seul PBX dont la connexion est utilisée, généralement le maître. Pas son nom DNS.",
            "Nome dell’unico PBX la cui connessione viene usata, di solito il master. Non il suo nome DNS.",
            "Nombre de la única PBX cuya conexión se usa, normalmente la maestra. No su nombre DNS.",
            "Naam van de ene PBX waarvan de verbinding wordt gebruikt, meestal de master. Niet de \
             DNS-naam.",
        ],
        Item::PresenceLanguage => words![
            "Language of the readable part of the presence. myApps and phones translate it for each \
             viewer.",
            "Sprache des lesbaren Teils der Präsenz. myApps und Telefone übersetzen ihn für jeden \
             Betrachter.",
            "Langue de la partie lisible de la présence. myApps et les téléphones la traduisent pour \
             chaque lecteur.",
            "Lingua della parte leggibile della presenza. myApps e i telefoni la traducono per chi la \
             vede.",
            "Idioma de la parte legible de la presencia. myApps y los teléfonos la traducen para quien la \
             ve.",
            "Taal van het leesbare deel van de aanwezigheid. myApps en telefoons vertalen het voor elke \
             kijker.",
        ],
        Item::PresenceTimeZone => words![
            "Time zone of the readable part of the presence, such as Europe/Berlin. Viewers see their own \
             time.",
            "Zeitzone des lesbaren Teils der Präsenz, etwa Europe/Berlin. Betrachter sehen ihre eigene \
             Zeit.",
            "Fuseau horaire de la partie lisible de la présence, p. ex. Europe/Paris. Chacun voit sa \
             propre heure.",
            "Fuso orario della parte leggibile della presenza, ad es. Europe/Rome. Ognuno vede la propria \
             ora.",
            "Zona horaria de la parte legible de la presencia, p. ej. Europe/Madrid. Cada uno ve su \
             propia hora.",
            "Tijdzone van het leesbare deel van de aanwezigheid, bijv. Europe/Amsterdam. Iedereen ziet \
             zijn eigen tijd.",
        ],
        Item::ShowSubject => words![
            "Shows the titles of appointments. Without it, only busy, away and so on are shown.",
            "Zeigt die Titel von Terminen. Ohne sie steht dort nur beschäftigt, abwesend und so weiter.",
            "Affiche les titres des rendez-vous. Sinon, seuls « occupé », « absent », etc. sont affichés.",
            "Mostra i titoli degli appuntamenti. Altrimenti si vede solo “occupato”, “assente” e così via.",
            "Muestra los títulos de las citas. Si no, solo se ve “ocupado”, “ausente”, etc.",
            "Toont de titels van afspraken. Anders staat er alleen “bezig”, “afwezig” enzovoort.",
        ],
        Item::PriorityWords => words![
            "Words, separated by commas. An appointment with one of them in its title goes before others \
             at the same time, e.g. vacation.",
            "Wörter, durch Kommas getrennt. Ein Termin mit einem davon im Titel geht gleichzeitigen \
             anderen vor, z. B. Urlaub.",
            "Mots séparés par des virgules. Un rendez-vous dont le titre en contient un passe avant les \
             autres au même moment, p. ex. congés.",
            "Parole separate da virgole. Un appuntamento con una di esse nel titolo precede gli altri \
             contemporanei, ad es. ferie.",
            "Palabras separadas por comas. Una cita con una de ellas en el título va antes que otras \
             simultáneas, p. ej. vacaciones.",
            "Woorden, gescheiden door komma’s. Een afspraak met een ervan in de titel gaat voor andere op \
             hetzelfde moment, bijv. vakantie.",
        ],
        Item::PriorityExcludedWords => words![
            "Words, separated by commas. An appointment with one of them in its title goes after others, \
             e.g. home office.",
            "Wörter, durch Kommas getrennt. Ein Termin mit einem davon im Titel steht hinter anderen \
             zurück, z. B. Homeoffice.",
            "Mots séparés par des virgules. Un rendez-vous dont le titre en contient un passe après les \
             autres, p. ex. télétravail.",
            "Parole separate da virgole. Un appuntamento con una di esse nel titolo segue gli altri, ad \
             es. telelavoro.",
            "Palabras separadas por comas. Una cita con una de ellas en el título va después de las \
             demás, p. ej. teletrabajo.",
            "Woorden, gescheiden door komma’s. Een afspraak met een ervan in de titel komt na andere, \
             bijv. thuiswerken.",
        ],
        Item::SyncType => words![
            "How the calendars are reached. For Exchange Online choose Microsoft Graph.",
            "Wie die Kalender erreicht werden. Wählen Sie für Exchange Online Microsoft Graph.",
            "Comment accéder aux calendriers. Pour Exchange Online, choisissez Microsoft Graph.",
            "Come si accede ai calendari. Per Exchange Online scegliere Microsoft Graph.",
            "Cómo se accede a los calendarios. Para Exchange Online, elija Microsoft Graph.",
            "Hoe de agenda’s worden bereikt. Kies voor Exchange Online Microsoft Graph.",
        ],
        Item::User => words![
            "Account that signs in to Exchange, as an e-mail address; on-premises also as DOMAIN\\user. \
             It needs a mailbox.",
            "Konto, das sich bei Exchange anmeldet, als E-Mail-Adresse; lokal auch als DOMÄNE\\Benutzer. \
             Es braucht ein Postfach.",
            "Compte qui se connecte à Exchange, sous forme d’adresse e-mail ; en local aussi \
             DOMAINE\\utilisateur. Il lui faut une boîte aux lettres.",
            "Account che accede a Exchange, come indirizzo e-mail; in locale anche come DOMINIO\\utente. \
             Deve avere una cassetta postale.",
            "Cuenta que inicia sesión en Exchange, como dirección de correo; en local también como \
             DOMINIO\\usuario. Necesita un buzón.",
            "Account dat zich aanmeldt bij Exchange, als e-mailadres; on-premises ook als \
             DOMEIN\\gebruiker. Het heeft een postvak nodig.",
        ],
        Item::DiscoveryMailbox => words![
            "E-mail address of any mailbox. Not needed if the user is an e-mail address.",
            "E-Mail-Adresse irgendeines Postfachs. Entfällt, wenn der Benutzer eine E-Mail-Adresse ist.",
            "Adresse e-mail d’une boîte aux lettres quelconque. Inutile si l’utilisateur est une adresse \
             e-mail.",
            "Indirizzo e-mail di una cassetta postale qualsiasi. Non serve se l’utente è un indirizzo e-mail.",
            "Dirección de correo de cualquier buzón. No hace falta si el usuario es una dirección de correo.",
            "E-mailadres van een willekeurig postvak. Niet nodig als de gebruiker een e-mailadres is.",
        ],
        Item::Password => words![
            "Password of the user. It is kept encrypted.",
            "Passwort des Benutzers. Es wird verschlüsselt aufbewahrt.",
            "Mot de passe de l’utilisateur. Il est conservé chiffré.",
            "Password dell’utente. Viene conservata crittografata.",
            "Contraseña del usuario. Se conserva cifrada.",
            "Wachtwoord van de gebruiker. Het wordt versleuteld bewaard.",
        ],
        Item::AutodiscoverUrl => words![
            "Where Autodiscover is asked first. Leave it empty to derive it from the e-mail address.",
            "Wo Autodiscover zuerst gefragt wird. Leer lassen, um es aus der E-Mail-Adresse abzuleiten.",
            "Où interroger Autodiscover en premier. Laissez vide pour le déduire de l’adresse e-mail.",
            "Dove si cerca prima di tutto Autodiscover. Lasciare vuoto per ricavarlo dall’indirizzo e-mail.",
            "Dónde se consulta primero Autodiscover. Déjelo vacío para deducirlo de la dirección de \
             correo.",
            "Waar Autodiscover eerst wordt geraadpleegd. Laat leeg om het uit het e-mailadres af te \
             leiden.",
        ],
        Item::EwsUrl => words![
            "Address of Exchange Web Services, if you know it. A server name alone gets the usual path.",
            "Adresse der Exchange Web Services, falls bekannt. Ein Servername allein bekommt den üblichen \
             Pfad.",
            "Adresse d’Exchange Web Services, si vous la connaissez. Un nom de serveur seul reçoit le \
             chemin habituel.",
            "Indirizzo di Exchange Web Services, se noto. Al solo nome del server si aggiunge il percorso \
             consueto.",
            "Dirección de Exchange Web Services, si la conoce. A un nombre de servidor solo se le añade \
             la ruta habitual.",
            "Adres van Exchange Web Services, indien bekend. Een servernaam alleen krijgt het \
             gebruikelijke pad.",
        ],
        Item::ExchangeServer => words![
            "Which of the two addresses that Exchange reports. External works in most networks.",
            "Welche der beiden Adressen, die Exchange meldet. Extern passt in den meisten Netzen.",
            "Laquelle des deux adresses indiquées par Exchange. Externe convient à la plupart des réseaux.",
            "Quale dei due indirizzi indicati da Exchange. Esterno va bene nella maggior parte delle reti.",
            "Cuál de las dos direcciones que indica Exchange. Externa sirve en la mayoría de las redes.",
            "Welke van de twee adressen die Exchange meldt. Extern werkt in de meeste netwerken.",
        ],
        Item::NameResolving => words![
            "How the mailbox of a PBX user is found.",
            "Wie das Postfach eines PBX-Benutzers gefunden wird.",
            "Comment trouver la boîte aux lettres d’un utilisateur du PBX.",
            "Come si trova la cassetta postale di un utente del PBX.",
            "Cómo se encuentra el buzón de un usuario de la PBX.",
            "Hoe het postvak van een PBX-gebruiker wordt gevonden.",
        ],
        Item::MaxSubscriptions => words![
            "Mailboxes in one streaming connection, 1 to 200. Exchange allows no more.",
            "Postfächer in einer Streaming-Verbindung, 1 bis 200. Mehr lässt Exchange nicht zu.",
            "Boîtes aux lettres par connexion de streaming, de 1 à 200. Exchange n’en permet pas plus.",
            "Cassette postali in una connessione di streaming, da 1 a 200. Exchange non ne consente di \
             più.",
            "Buzones en una conexión de streaming, de 1 a 200. Exchange no permite más.",
            "Postvakken in één streamingverbinding, 1 tot 200. Meer staat Exchange niet toe.",
        ],
        Item::ChannelBinding => words![
            "Ties the login to the TLS connection. Some load balancers show another certificate than \
             Exchange.",
            "Bindet die Anmeldung an die TLS-Verbindung. Manche Load Balancer zeigen ein anderes \
             Zertifikat als Exchange.",
            "Lie l’authentification à la connexion TLS. Certains répartiteurs de charge présentent un \
             autre certificat qu’Exchange.",
            "Lega l’accesso alla connessione TLS. Alcuni bilanciatori del carico mostrano un certificato \
             diverso da quello di Exchange.",
            "Vincula el inicio de sesión a la conexión TLS. Algunos balanceadores de carga muestran otro \
             certificado que Exchange.",
            "Koppelt de aanmelding aan de TLS-verbinding. Sommige load balancers tonen een ander \
             certificaat dan Exchange.",
        ],
        Item::EwsDebug => words![
            "Writes the protocol to the log of the service. For troubleshooting only.",
            "Schreibt das Protokoll ins Log des Dienstes. Nur zur Fehlersuche.",
            "Écrit le protocole dans le journal du service. Uniquement pour le dépannage.",
            "Scrive il protocollo nel registro del servizio. Solo per la ricerca dei guasti.",
            "Escribe el protocolo en el registro del servicio. Solo para solucionar problemas.",
            "Schrijft het protocol naar het logboek van de service. Alleen voor probleemoplossing.",
        ],
        Item::ClientId => words![
            "“Application (client) ID” on the overview page of the app registration.",
            "„Anwendungs-ID (Client)“ auf der Übersichtsseite der App-Registrierung.",
            "« ID d’application (client) » sur la page Vue d’ensemble de l’inscription d’application.",
            "“ID applicazione (client)” nella pagina Panoramica della registrazione dell’app.",
            "“Id. de aplicación (cliente)” en la página de información general del registro de la \
             aplicación.",
            "“Toepassings-id (client)” op de overzichtspagina van de app-registratie.",
        ],
        Item::TenantId => words![
            "“Directory (tenant) ID” on the same page, or a domain of the tenant.",
            "„Verzeichnis-ID (Mandant)“ auf derselben Seite, oder eine Domäne des Mandanten.",
            "« ID de l’annuaire (locataire) » sur la même page, ou un domaine du locataire.",
            "“ID directory (tenant)” nella stessa pagina, oppure un dominio del tenant.",
            "“Id. de directorio (inquilino)” en la misma página, o un dominio del inquilino.",
            "“Map-id (tenant)” op dezelfde pagina, of een domein van de tenant.",
        ],
        Item::SupportedAccounts => words![
            "As chosen under “Supported account types” of the app registration.",
            "Wie unter „Unterstützte Kontotypen“ der App-Registrierung gewählt.",
            "Comme choisi sous « Types de comptes pris en charge » dans l’inscription d’application.",
            "Come scelto in “Tipi di account supportati” nella registrazione dell’app.",
            "Como se eligió en “Tipos de cuenta compatibles” del registro de la aplicación.",
            "Zoals gekozen bij “Ondersteunde accounttypen” van de app-registratie.",
        ],
        Item::RedirectUri => words![
            "Enter it in the app registration, under Authentication, platform Web.",
            "In der App-Registrierung unter Authentifizierung, Plattform Web, eintragen.",
            "À saisir dans l’inscription d’application, sous Authentification, plateforme Web.",
            "Da inserire nella registrazione dell’app, in Autenticazione, piattaforma Web.",
            "Introdúzcalo en el registro de la aplicación, en Autenticación, plataforma Web.",
            "Voer deze in bij de app-registratie, onder Verificatie, platform Web.",
        ],
        Item::Scopes => words![
            "Leave it empty for the default of the Microsoft cloud.",
            "Leer lassen für die Vorgabe der Microsoft-Cloud.",
            "Laissez vide pour la valeur par défaut du cloud Microsoft.",
            "Lasciare vuoto per il valore predefinito del cloud Microsoft.",
            "Déjelo vacío para el valor predeterminado de la nube de Microsoft.",
            "Laat leeg voor de standaardwaarde van de Microsoft-cloud.",
        ],
        Item::ClientSecret => words![
            "The “Value” under “Certificates & secrets”, not the Secret ID. It is kept encrypted.",
            "Der „Wert“ unter „Zertifikate & Geheimnisse“, nicht die Geheimnis-ID. Er wird verschlüsselt \
             aufbewahrt.",
            "La « Valeur » sous « Certificats et secrets », pas l’ID de secret. Elle est conservée \
             chiffrée.",
            "Il “Valore” in “Certificati e segreti”, non l’ID segreto. Viene conservato crittografato.",
            "El “Valor” en “Certificados y secretos”, no el id. de secreto. Se conserva cifrado.",
            "De “Waarde” onder “Certificaten en geheimen”, niet de geheim-id. Deze wordt versleuteld \
             bewaard.",
        ],
        Item::ClientSecretExpires => words![
            "Date as YYYY-MM-DD, to be warned in time. Without it the sync stops unannounced.",
            "Datum als JJJJ-MM-TT, um rechtzeitig gewarnt zu werden. Ohne es endet die Synchronisation \
             unangekündigt.",
            "Date au format AAAA-MM-JJ, pour être averti à temps. Sans elle, la synchronisation s’arrête \
             sans préavis.",
            "Data nel formato AAAA-MM-GG, per essere avvisati in tempo. Senza, la sincronizzazione si \
             ferma senza preavviso.",
            "Fecha como AAAA-MM-DD, para recibir un aviso a tiempo. Sin ella, la sincronización se \
             detiene sin avisar.",
            "Datum als JJJJ-MM-DD, om op tijd te worden gewaarschuwd. Zonder datum stopt de \
             synchronisatie onaangekondigd.",
        ],
        Item::NationalCloud => words![
            "Where the tenant is. Decides which servers of Microsoft are asked.",
            "Wo der Mandant ist. Entscheidet, welche Server von Microsoft gefragt werden.",
            "Où se trouve le locataire. Détermine quels serveurs de Microsoft sont interrogés.",
            "Dove si trova il tenant. Determina quali server di Microsoft vengono interrogati.",
            "Dónde está el inquilino. Decide a qué servidores de Microsoft se consulta.",
            "Waar de tenant zich bevindt. Bepaalt welke servers van Microsoft worden geraadpleegd.",
        ],
        Item::CaCertificate => words![
            "For an Exchange whose certificate comes from your own authority. Text from BEGIN to END.",
            "Für ein Exchange, dessen Zertifikat von Ihrer eigenen Stelle kommt. Text von BEGIN bis END.",
            "Pour un serveur Exchange dont le certificat vient de votre propre autorité. Texte de BEGIN à \
             END.",
            "Per un server Exchange il cui certificato proviene da un’autorità propria. Testo da BEGIN a \
             END.",
            "Para un Exchange cuyo certificado procede de su propia entidad. Texto desde BEGIN hasta END.",
            "Voor een Exchange-server met een certificaat van uw eigen instantie. Tekst van BEGIN tot END.",
        ],
        Item::HttpProxy => words![
            "If the service reaches the calendar server only through one, e.g. http://proxy:3128.",
            "Falls der Dienst den Kalenderserver nur darüber erreicht, z. B. http://proxy:3128.",
            "Si le service n’atteint le serveur de calendriers que par un proxy, p. ex. http://proxy:3128.",
            "Se il servizio raggiunge il server dei calendari solo tramite un proxy, ad es. \
             http://proxy:3128.",
            "Si el servicio solo llega al servidor de calendarios a través de un proxy, p. ej. \
             http://proxy:3128.",
            "Als de service de agendaserver alleen via een proxy bereikt, bijv. http://proxy:3128.",
        ],
        Item::HttpProxyUser => words![
            "If the proxy asks for a login.",
            "Falls der Proxy eine Anmeldung verlangt.",
            "Si le proxy demande une identification.",
            "Se il proxy richiede un accesso.",
            "Si el proxy pide un inicio de sesión.",
            "Als de proxy om aanmelding vraagt.",
        ],
        Item::HttpProxyPassword => words![
            "Of the proxy user. It is kept encrypted.",
            "Des Proxy-Benutzers. Es wird verschlüsselt aufbewahrt.",
            "De l’utilisateur du proxy. Il est conservé chiffré.",
            "Dell’utente del proxy. Viene conservata crittografata.",
            "Del usuario del proxy. Se conserva cifrada.",
            "Van de proxygebruiker. Het wordt versleuteld bewaard.",
        ],
        Item::TentativeOrganizer => words![
            "E-mail addresses, e.g. of human resources. Tentative appointments they create get a mapping \
             of their own.",
            "E-Mail-Adressen, z. B. der Personalabteilung. Ihre Termine „mit Vorbehalt“ bekommen eine \
             eigene Zuordnung.",
            "Adresses e-mail, p. ex. des ressources humaines. Leurs rendez-vous provisoires ont leur \
             propre correspondance.",
            "Indirizzi e-mail, ad es. dell’ufficio del personale. I loro appuntamenti provvisori hanno \
             una propria associazione.",
            "Direcciones de correo, p. ej. de recursos humanos. Sus citas provisionales tienen su propia \
             asignación.",
            "E-mailadressen, bijv. van personeelszaken. Hun voorlopige afspraken krijgen een eigen \
             toewijzing.",
        ],
        Item::MapBusy => words![
            "Appointments shown as busy.",
            "Termine, die als beschäftigt gelten.",
            "Rendez-vous affichés comme « occupé ».",
            "Appuntamenti mostrati come “occupato”.",
            "Citas que se muestran como “ocupado”.",
            "Afspraken die als “bezet” worden weergegeven.",
        ],
        Item::MapTentative => words![
            "Appointments shown as tentative.",
            "Termine, die als „mit Vorbehalt“ gelten.",
            "Rendez-vous affichés comme « provisoire ».",
            "Appuntamenti mostrati come “provvisorio”.",
            "Citas que se muestran como “provisional”.",
            "Afspraken die als “voorlopig” worden weergegeven.",
        ],
        Item::MapTentativeException => words![
            "Tentative appointments that one of the organizers above has created.",
            "Termine „mit Vorbehalt“, die einer der Organisatoren oben angelegt hat.",
            "Rendez-vous provisoires créés par un des organisateurs ci-dessus.",
            "Appuntamenti provvisori creati da uno degli organizzatori qui sopra.",
            "Citas provisionales creadas por uno de los organizadores de arriba.",
            "Voorlopige afspraken die een van de organisatoren hierboven heeft gemaakt.",
        ],
        Item::ShowTentativeExceptionTitle => words![
            "Such titles may tell of an illness.",
            "Solche Titel können von einer Krankheit sprechen.",
            "Ces titres peuvent révéler une maladie.",
            "Questi titoli possono rivelare una malattia.",
            "Estos títulos pueden revelar una enfermedad.",
            "Zulke titels kunnen over een ziekte gaan.",
        ],
        Item::MapOutOfOffice => words![
            "Appointments shown as out of office.",
            "Termine, die als abwesend gelten.",
            "Rendez-vous affichés comme « absent du bureau ».",
            "Appuntamenti mostrati come “fuori sede”.",
            "Citas que se muestran como “fuera de la oficina”.",
            "Afspraken die als “niet aanwezig” worden weergegeven.",
        ],
        Item::MapWorkingElsewhere => words![
            "Appointments shown as working elsewhere.",
            "Termine, die als „an anderem Ort tätig“ gelten.",
            "Rendez-vous affichés comme « travaille ailleurs ».",
            "Appuntamenti mostrati come “al lavoro altrove”.",
            "Citas que se muestran como “trabajando en otro lugar”.",
            "Afspraken die als “werkt elders” worden weergegeven.",
        ],
        Item::MapNoData => words![
            "Appointments that say nothing about presence. They should not occur.",
            "Termine, die nichts über die Präsenz sagen. Sie sollten nicht vorkommen.",
            "Rendez-vous qui ne disent rien de la présence. Ils ne devraient pas se produire.",
            "Appuntamenti che non dicono nulla sulla presenza. Non dovrebbero verificarsi.",
            "Citas que no dicen nada de la presencia. No deberían darse.",
            "Afspraken die niets over de aanwezigheid zeggen. Ze horen niet voor te komen.",
        ],
    }
}
