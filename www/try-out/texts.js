// Everything that this page says, in the languages that it speaks.

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", it: "Italiano", es: "Español", nl: "Nederlands" };

/** In the order of the languages; $0 is a place to fill. */
export const TEXTS = {
    title: ["Calendar plugin", "Kalender-Plugin", "Plugin Calendrier", "Plugin Calendario", "Plugin Calendario", "Agenda-plugin"],
    lead: [
        "A stand-in for the innovaphone PBX Manager. It loads the plugin as the PBX Manager does.",
        "Eine Nachbildung des innovaphone PBX Managers. Sie lädt das Plugin, wie es der PBX Manager tut.",
        "Une simulation de l’innovaphone PBX Manager. Elle charge le plugin comme le fait le PBX Manager.",
        "Una simulazione dell’innovaphone PBX Manager. Carica il plugin come fa il PBX Manager.",
        "Una simulación del innovaphone PBX Manager. Carga el plugin igual que el PBX Manager.",
        "Een nabootsing van de innovaphone PBX Manager. Die laadt de plugin zoals de PBX Manager dat doet.",
    ],
    demo: [
        "The PBX, its users and their calendars are simulated; nothing outside is contacted.",
        "PBX, Benutzer und Kalender sind simuliert; nach außen wird keine Verbindung aufgenommen.",
        "Le PBX, ses utilisateurs et leurs calendriers sont simulés ; rien n’est contacté à l’extérieur.",
        "Il PBX, i suoi utenti e i loro calendari sono simulati; verso l’esterno non parte nulla.",
        "La PBX, sus usuarios y sus calendarios son simulados; no se contacta con nada externo.",
        "De PBX, de gebruikers en hun agenda’s zijn gesimuleerd; er is geen verbinding naar buiten.",
    ],
    language: ["Language", "Sprache", "Langue", "Lingua", "Idioma", "Taal"],
    zone: ["Time zone", "Zeitzone", "Fuseau horaire", "Fuso orario", "Zona horaria", "Tijdzone"],
    scheme: ["Scheme", "Farbschema", "Thème", "Tema", "Tema", "Kleurenschema"],
    dark: ["Dark", "Dunkel", "Sombre", "Scuro", "Oscuro", "Donker"],
    light: ["Light", "Hell", "Clair", "Chiaro", "Claro", "Licht"],
    manager: [
        "PBX Manager (stand-in)", "PBX Manager (Nachbildung)", "PBX Manager (simulation)", "PBX Manager (simulazione)",
        "PBX Manager (simulación)", "PBX Manager (nabootsing)",
    ],

    form: ["Calendar", "Kalender", "Calendrier", "Calendario", "Calendario", "Agenda"],
    settings: ["Settings", "Einstellungen", "Paramètres", "Impostazioni", "Configuración", "Instellingen"],
    colleaguesDemo: [
        "In the language and time zone chosen above. Something happens in a calendar every few seconds.",
        "In der oben gewählten Sprache und Zeitzone. Alle paar Sekunden geschieht etwas in einem Kalender.",
        "Dans la langue et le fuseau horaire choisis ci-dessus. Un calendrier change toutes les quelques secondes.",
        "Nella lingua e nel fuso orario scelti sopra. Ogni pochi secondi cambia qualcosa in un calendario.",
        "En el idioma y la zona horaria elegidos arriba. Cada pocos segundos cambia algo en un calendario.",
        "In de taal en tijdzone die hierboven zijn gekozen. Om de paar seconden verandert er iets in een agenda.",
    ],
    trials: ["Three things to try", "Drei Dinge zum Ausprobieren", "Trois choses à essayer", "Tre cose da provare", "Tres cosas para probar", "Drie dingen om te proberen"],
    trialBusy: [
        "Show Busy as Do not disturb", "Beschäftigt als Nicht stören zeigen", "Afficher Occupé comme Ne pas déranger",
        "Mostrare Occupato come Non disturbare", "Mostrar Ocupado como No molestar", "Bezet tonen als Niet storen",
    ],
    trialBusyHint: [
        "Whoever is in a meeting is not to be disturbed.", "Wer in einer Besprechung ist, will nicht gestört werden.",
        "Qui est en réunion ne doit pas être dérangé.", "Chi è in riunione non va disturbato.",
        "A quien está en una reunión no se le molesta.", "Wie in een vergadering zit, wordt niet gestoord.",
    ],
    trialTitles: ["Hide titles", "Titel verbergen", "Masquer les titres", "Nascondere i titoli", "Ocultar los títulos", "Titels verbergen"],
    trialTitlesHint: [
        "Colleagues see until when somebody is busy, but not with what.", "Kollegen sehen, bis wann jemand beschäftigt ist, aber nicht womit.",
        "Les collègues voient jusqu’à quand quelqu’un est occupé, mais pas à quoi.", "I colleghi vedono fino a quando qualcuno è occupato, ma non con cosa.",
        "Los compañeros ven hasta cuándo alguien está ocupado, pero no con qué.", "Collega’s zien tot wanneer iemand bezig is, maar niet waarmee.",
    ],
    trialSecret: ["Break the secret", "Den geheimen Schlüssel verfälschen", "Fausser le secret", "Guastare il segreto", "Estropear el secreto", "Het geheim onjuist maken"],
    trialSecretHint: [
        "Calendars cannot be read any more: the settings below say why and what to do.",
        "Kalender können nicht mehr gelesen werden: Die Einstellungen unten sagen warum und was zu tun ist.",
        "Les calendriers ne peuvent plus être lus : les paramètres ci-dessous disent pourquoi et que faire.",
        "I calendari non si possono più leggere: le impostazioni qui sotto dicono perché e che cosa fare.",
        "Los calendarios ya no se pueden leer: la configuración de abajo dice por qué y qué hacer.",
        "Agenda’s kunnen niet meer worden gelezen: de instellingen hieronder zeggen waarom en wat te doen.",
    ],
    putBack: ["Put back: $0", "Zurücknehmen: $0", "Annuler : $0", "Annullare: $0", "Deshacer: $0", "Terugzetten: $0"],
    changing: ["Changing …", "Wird geändert …", "Modification …", "Modifica in corso …", "Cambiando …", "Wordt gewijzigd …"],
    changed: [
        "$0 presences changed.", "$0 Präsenzen haben sich geändert.", "$0 présences ont changé.", "$0 presenze sono cambiate.",
        "$0 presencias han cambiado.", "$0 aanwezigheden zijn gewijzigd.",
    ],
    changedOne: [
        "1 presence changed.", "1 Präsenz hat sich geändert.", "1 présence a changé.", "1 presenza è cambiata.", "1 presencia ha cambiado.",
        "1 aanwezigheid is gewijzigd.",
    ],
    notChanged: [
        "The service did not take the change.", "Der Dienst hat die Änderung nicht angenommen.", "Le service n’a pas accepté la modification.",
        "Il servizio non ha accettato la modifica.", "El servicio no ha aceptado el cambio.", "De service heeft de wijziging niet aangenomen.",
    ],

    missingPage: ["Page not found", "Seite nicht gefunden", "Page introuvable", "Pagina non trovata", "Página no encontrada", "Pagina niet gevonden"],
    missingPageLead: [
        "There is nothing at this address.", "Unter dieser Adresse ist nichts.", "Il n’y a rien à cette adresse.",
        "A questo indirizzo non c’è nulla.", "No hay nada en esta dirección.", "Op dit adres is niets.",
    ],
    toForm: ["To the settings", "Zu den Einstellungen", "Vers les paramètres", "Alle impostazioni", "A la configuración", "Naar de instellingen"],

    colleagues: [
        "What colleagues see now", "Was Kollegen jetzt sehen", "Ce que voient les collègues", "Cosa vedono i colleghi ora",
        "Lo que ven los compañeros", "Wat collega’s nu zien",
    ],
    colleaguesLead: [
        "In the language and time zone chosen above. Change something in the form, for example the mapping, and save.",
        "In der oben gewählten Sprache und Zeitzone. Ändern Sie etwas im Formular, zum Beispiel die Zuordnung, und speichern Sie.",
        "Dans la langue et le fuseau horaire choisis ci-dessus. Modifiez le formulaire, par exemple la correspondance, et enregistrez.",
        "Nella lingua e nel fuso orario scelti sopra. Cambiare qualcosa nel modulo, per esempio l’associazione, e salvare.",
        "En el idioma y la zona horaria elegidos arriba. Cambie algo en el formulario, por ejemplo la asignación, y guarde.",
        "In de taal en tijdzone die hierboven zijn gekozen. Wijzig iets in het formulier, bijvoorbeeld de toewijzing, en sla op.",
    ],
    loading: ["Loading …", "Wird geladen …", "Chargement …", "Caricamento …", "Cargando …", "Laden …"],
    lost: [
        "The service cannot be reached; trying again.",
        "Der Dienst ist nicht erreichbar; neuer Versuch läuft.",
        "Le service est injoignable ; nouvel essai en cours.",
        "Il servizio non è raggiungibile; nuovo tentativo in corso.",
        "No se puede contactar con el servicio; se intenta de nuevo.",
        "De service is niet bereikbaar; er wordt opnieuw geprobeerd.",
    ],
    nobody: [
        "Nobody is here. Colleagues appear when synchronisation is enabled and the PBX that the form names is connected.",
        "Hier ist niemand. Kollegen erscheinen, wenn die Synchronisation eingeschaltet ist und die PBX verbunden ist, die im Formular steht.",
        "Il n’y a personne. Les collègues apparaissent quand la synchronisation est active et que le PBX indiqué dans le formulaire est connecté.",
        "Non c’è nessuno. I colleghi compaiono quando la sincronizzazione è attiva e il PBX indicato nel modulo è connesso.",
        "No hay nadie. Los compañeros aparecen cuando la sincronización está activa y la PBX indicada en el formulario está conectada.",
        "Er is niemand. Collega’s verschijnen als de synchronisatie is ingeschakeld en de PBX uit het formulier verbonden is.",
    ],
    more: [
        "Only the first $0 are shown.", "Nur die ersten $0 werden gezeigt.", "Seuls les $0 premiers sont affichés.",
        "Sono mostrati solo i primi $0.", "Solo se muestran los primeros $0.", "Alleen de eerste $0 worden getoond.",
    ],
    free: ["Available", "Verfügbar", "Disponible", "Libero", "Libre", "Beschikbaar"],
    busy: ["Busy", "Beschäftigt", "Occupé", "Occupato", "Ocupado", "Bezig"],
    away: ["Away", "Abwesend", "Absent", "Assente", "Ausente", "Afwezig"],
    dnd: ["Do not disturb", "Nicht stören", "Ne pas déranger", "Non disturbare", "No molestar", "Niet storen"],
    waiting: [
        "The calendar has not been read", "Der Kalender wurde noch nicht gelesen", "Le calendrier n’a pas encore été lu",
        "Il calendario non è ancora stato letto", "El calendario aún no se ha leído", "De agenda is nog niet gelezen",
    ],
    noMailbox: ["No mailbox", "Kein Postfach", "Pas de boîte aux lettres", "Nessuna cassetta postale", "Sin buzón", "Geen postvak"],
    notInScope: [
        "No permission to read the mailbox", "Keine Leseberechtigung für das Postfach", "Pas d’autorisation de lire la boîte aux lettres",
        "Nessuna autorizzazione a leggere la cassetta postale", "Sin permiso para leer el buzón", "Geen machtiging om het postvak te lezen",
    ],
    hostedElsewhere: [
        "The mailbox is not in Exchange Online", "Das Postfach liegt nicht in Exchange Online", "La boîte aux lettres n’est pas dans Exchange Online",
        "La cassetta postale non è in Exchange Online", "El buzón no está en Exchange Online", "Het postvak staat niet in Exchange Online",
    ],
    failed: [
        "The calendar cannot be read", "Der Kalender kann nicht gelesen werden", "Le calendrier ne peut pas être lu",
        "Il calendario non può essere letto", "No se puede leer el calendario", "De agenda kan niet worden gelezen",
    ],
    hiddenByUser: [
        "Hidden by the user", "Vom Benutzer verborgen", "Masqué par l’utilisateur", "Nascosto dall’utente", "Ocultado por el usuario", "Verborgen door de gebruiker",
    ],
    excluded: [
        "Left out by the settings", "Durch die Einstellungen ausgenommen", "Exclu par les paramètres",
        "Escluso dalle impostazioni", "Excluido por la configuración", "Uitgesloten door de instellingen",
    ],

    presence: ["Presence line", "Präsenzzeile", "Ligne de présence", "Riga di presenza", "Línea de presencia", "Aanwezigheidsregel"],
    presenceLead: [
        "What the service writes into the presence of a user, and what presence.js reads from it.",
        "Was der Dienst in die Präsenz eines Benutzers schreibt, und was presence.js daraus liest.",
        "Ce que le service écrit dans la présence d’un utilisateur, et ce que presence.js y lit.",
        "Cosa scrive il servizio nella presenza di un utente, e cosa ne legge presence.js.",
        "Lo que el servicio escribe en la presencia de un usuario, y lo que presence.js lee de ella.",
        "Wat de service in de aanwezigheid van een gebruiker schrijft, en wat presence.js eruit leest.",
    ],
    presenceMissing: [
        "The presence package is missing. Build it with: cargo xtask build",
        "Das Präsenzpaket fehlt. So wird es gebaut: cargo xtask build",
        "Le paquet de présence manque. Pour le construire : cargo xtask build",
        "Manca il pacchetto della presenza. Per costruirlo: cargo xtask build",
        "Falta el paquete de presencia. Para construirlo: cargo xtask build",
        "Het aanwezigheidspakket ontbreekt. Zo wordt het gebouwd: cargo xtask build",
    ],
    note: ["Note", "Notiz", "Note", "Nota", "Nota", "Notitie"],
    text: ["Text", "Text", "Texte", "Testo", "Texto", "Tekst"],
    activity: ["Activity", "Aktivität", "Activité", "Attività", "Actividad", "Activiteit"],
    subject: ["Title", "Titel", "Titre", "Titolo", "Título", "Titel"],
    until: ["Until", "Bis", "Jusqu’à", "Fino a", "Hasta", "Tot"],
    next: ["Next", "Danach", "Ensuite", "Dopo", "Después", "Daarna"],

    password: [
        "Instance password", "Instanzpasswort", "Mot de passe de l’instance", "Password dell’istanza", "Contraseña de la instancia",
        "Instantiewachtwoord",
    ],
    passwordLead: [
        "On an App Platform its manager logs the plugin in. Here this page does, with the password that the service was given by set-password, or printed when it first started. It is kept in memory only.",
        "Auf einer App-Plattform meldet deren Manager das Plugin an. Hier tut es diese Seite, mit dem Passwort, das der Dienst durch set-password bekommen oder beim ersten Start ausgegeben hat. Es bleibt nur im Speicher.",
        "Sur une App Platform, c’est son gestionnaire qui connecte le plugin. Ici, c’est cette page, avec le mot de passe donné au service par set-password, ou affiché à son premier démarrage. Il reste seulement en mémoire.",
        "Su una App Platform è il suo manager ad autenticare il plugin. Qui lo fa questa pagina, con la password data al servizio da set-password, o mostrata al primo avvio. Resta solo in memoria.",
        "En una App Platform es su gestor quien inicia la sesión del plugin. Aquí lo hace esta página, con la contraseña que el servicio recibió por set-password o mostró en su primer arranque. Solo se guarda en memoria.",
        "Op een App Platform meldt de manager daarvan de plugin aan. Hier doet deze pagina dat, met het wachtwoord dat de service van set-password kreeg of bij de eerste start toonde. Het blijft alleen in het geheugen.",
    ],
    logIn: ["Log in", "Anmelden", "Se connecter", "Accedi", "Iniciar sesión", "Aanmelden"],
    wrongPassword: [
        "The service does not accept this password.", "Der Dienst nimmt dieses Passwort nicht an.", "Le service n’accepte pas ce mot de passe.",
        "Il servizio non accetta questa password.", "El servicio no acepta esta contraseña.", "De service accepteert dit wachtwoord niet.",
    ],
    unreachable: [
        "The service cannot be reached.", "Der Dienst ist nicht erreichbar.", "Le service est injoignable.", "Il servizio non è raggiungibile.",
        "No se puede contactar con el servicio.", "De service is niet bereikbaar.",
    ],
    insecure: [
        "Open this page over https: the password must not travel where others can read it.",
        "Öffnen Sie diese Seite über https: Das Passwort darf nicht mitgelesen werden können.",
        "Ouvrez cette page en https : personne ne doit pouvoir lire le mot de passe en chemin.",
        "Aprire questa pagina con https: nessuno deve poter leggere la password in viaggio.",
        "Abra esta página con https: nadie debe poder leer la contraseña por el camino.",
        "Open deze pagina via https: niemand mag het wachtwoord onderweg kunnen lezen.",
    ],
};
