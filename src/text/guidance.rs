//! What the form says about the way to the calendars: what ends, the move to Microsoft Graph, the first steps.

use ui::{Words, words};

/// The choice *Cloud* has no future.
pub const CLOUD_IS_GONE: Words = words![
    "Microsoft removed ApplicationImpersonation, which this type needs, from Exchange Online in 2025. It \
     no longer works there. Move to Microsoft Graph.",
    "Microsoft hat ApplicationImpersonation, das diese Art braucht, 2025 aus Exchange Online entfernt. \
     Sie funktioniert dort nicht mehr. Wechseln Sie zu Microsoft Graph.",
    "Microsoft a retiré d’Exchange Online, en 2025, le rôle ApplicationImpersonation dont ce type a \
     besoin. Il n’y fonctionne plus. Passez à Microsoft Graph.",
    "Nel 2025 Microsoft ha rimosso da Exchange Online il ruolo ApplicationImpersonation, necessario per \
     questo tipo, che lì non funziona più. Passare a Microsoft Graph.",
    "En 2025, Microsoft retiró de Exchange Online el rol ApplicationImpersonation, que este tipo \
     necesita. Allí ya no funciona. Cambie a Microsoft Graph.",
    "Microsoft heeft ApplicationImpersonation, dat dit type nodig heeft, in 2025 uit Exchange Online \
     verwijderd. Het werkt daar niet meer. Stap over op Microsoft Graph.",
];

/// The choice *Cloud, App-Only* ends, tenant by tenant from `$0` on, for all on `$1`.
pub const EWS_ENDS: Words = words![
    "Microsoft switches Exchange Web Services off: tenant by tenant from $0, unless the tenant allows this \
     application, and for all on $1. Move to Microsoft Graph.",
    "Microsoft schaltet Exchange Web Services ab: vom $0 an Mandant für Mandant, sofern der Mandant diese \
     Anwendung nicht zulässt, und am $1 für alle. Wechseln Sie zu Microsoft Graph.",
    "Microsoft désactive Exchange Web Services : locataire par locataire à partir du $0, sauf si le \
     locataire autorise cette application, et pour tous le $1. Passez à Microsoft Graph.",
    "Microsoft disattiva Exchange Web Services: tenant per tenant a partire dal $0, a meno che il tenant non \
     autorizzi questa applicazione, e per tutti il $1. Passare a Microsoft Graph.",
    "Microsoft desactiva Exchange Web Services: inquilino por inquilino a partir del $0, salvo que el \
     inquilino permita esta aplicación, y para todos el $1. Cambie a Microsoft Graph.",
    "Microsoft schakelt Exchange Web Services uit: vanaf $0 tenant voor tenant, tenzij de tenant deze \
     toepassing toestaat, en op $1 voor iedereen. Stap over op Microsoft Graph.",
];

/// That comes `$0`, for instance in 131 days.
pub const FOR_ALL: Words = words![
    "The end for all: $0.",
    "Das Ende für alle: $0.",
    "La fin pour tous : $0.",
    "La fine per tutti: $0.",
    "El fin para todos: $0.",
    "Het einde voor iedereen: $0.",
];

/// It ended on `$0`.
pub const EWS_ENDED: Words = words![
    "Microsoft switched Exchange Web Services off for all on $0. This type no longer works in Exchange Online. \
     Move to Microsoft Graph.",
    "Microsoft hat Exchange Web Services am $0 für alle abgeschaltet. Diese Art funktioniert in Exchange Online \
     nicht mehr. Wechseln Sie zu Microsoft Graph.",
    "Microsoft a désactivé Exchange Web Services pour tous le $0. Ce type ne fonctionne plus dans Exchange \
     Online. Passez à Microsoft Graph.",
    "Microsoft ha disattivato Exchange Web Services per tutti il $0. Questo tipo non funziona più in Exchange \
     Online. Passare a Microsoft Graph.",
    "Microsoft desactivó Exchange Web Services para todos el $0. Este tipo ya no funciona en Exchange Online. \
     Cambie a Microsoft Graph.",
    "Microsoft heeft Exchange Web Services op $0 voor iedereen uitgeschakeld. Dit type werkt in Exchange Online \
     niet meer. Stap over op Microsoft Graph.",
];

/// It ends, and nobody has said when.
pub const EWS_END_UNKNOWN: Words = words![
    "Microsoft will switch Exchange Web Services off. For this cloud no date is known. Better move to Microsoft \
     Graph in good time.",
    "Microsoft wird Exchange Web Services abschalten. Für diese Cloud ist kein Datum bekannt. Wechseln Sie \
     besser rechtzeitig zu Microsoft Graph.",
    "Microsoft va désactiver Exchange Web Services. Pour ce cloud, aucune date n’est connue. Mieux vaut passer \
     à temps à Microsoft Graph.",
    "Microsoft disattiverà Exchange Web Services. Per questo cloud non si conosce la data. È meglio passare per \
     tempo a Microsoft Graph.",
    "Microsoft desactivará Exchange Web Services. Para esta nube no se conoce la fecha. Es mejor cambiar a \
     tiempo a Microsoft Graph.",
    "Microsoft gaat Exchange Web Services uitschakelen. Voor deze cloud is geen datum bekend. Stap liever op \
     tijd over op Microsoft Graph.",
];

/// The tenant must list the application, whose ID follows.
pub const LIST_CLIENT: Words = words![
    "Until then your tenant must enable Exchange Web Services and list this application:",
    "Bis dahin muss Ihr Mandant Exchange Web Services zulassen und diese Anwendung aufführen:",
    "D’ici là, votre locataire doit activer Exchange Web Services et répertorier cette application :",
    "Fino ad allora il tenant deve abilitare Exchange Web Services ed elencare questa applicazione:",
    "Hasta entonces, su inquilino debe habilitar Exchange Web Services e incluir en su lista esta aplicación:",
    "Tot dan moet uw tenant Exchange Web Services toestaan en deze toepassing op de lijst zetten:",
];

/// Button: copy that ID.
pub const COPY_CLIENT: Words = words![
    "Copy this ID",
    "Diese ID kopieren",
    "Copier cet ID",
    "Copia questo ID",
    "Copiar este id.",
    "Deze id kopiëren",
];

/// Button: move to Microsoft Graph.
pub const MOVE: Words = words![
    "Move to Microsoft Graph",
    "Zu Microsoft Graph wechseln",
    "Passer à Microsoft Graph",
    "Passa a Microsoft Graph",
    "Cambiar a Microsoft Graph",
    "Overstappen op Microsoft Graph",
];

/// What the move leaves as it is; then comes [`GRANT`].
pub const MOVE_KEEPS: Words = words![
    "Client, tenant and secret stay.",
    "Client, Mandant und Geheimnis bleiben.",
    "Client, locataire et secret restent.",
    "Client, tenant e segreto restano.",
    "Cliente, inquilino y secreto se mantienen.",
    "Client, tenant en geheim blijven.",
];

/// What Microsoft Graph asks of the registration: permission `$0`.
pub const GRANT: Words = words![
    "In the app registration, add the application permission $0 of Microsoft Graph (recommended: User.Read.All \
     too), grant admin consent, then save here.",
    "Fügen Sie in der App-Registrierung die Anwendungsberechtigung $0 von Microsoft Graph hinzu (empfohlen: \
     auch User.Read.All), erteilen Sie die Administratorzustimmung und speichern Sie dann hier.",
    "Dans l’inscription d’application, ajoutez l’autorisation d’application $0 de Microsoft Graph (recommandé : \
     aussi User.Read.All), accordez le consentement administrateur, puis enregistrez ici.",
    "Nella registrazione dell’app aggiungere l’autorizzazione applicazione $0 di Microsoft Graph (consigliata \
     anche User.Read.All), concedere il consenso amministratore e salvare qui.",
    "En el registro de la aplicación, agregue el permiso de aplicación $0 de Microsoft Graph (recomendado: \
     también User.Read.All), conceda el consentimiento del administrador y guarde aquí.",
    "Voeg in de app-registratie de toepassingsmachtiging $0 van Microsoft Graph toe (aanbevolen: ook \
     User.Read.All), verleen beheerderstoestemming en sla dan hier op.",
];

/// What is to be done after the move: permissions `$0`.
pub const MOVE_AFTER: Words = words![
    "The move works. Now remove $0 from the app registration: permissions add up, and nobody needs this one any \
     more.",
    "Der Wechsel funktioniert. Entfernen Sie jetzt $0 aus der App-Registrierung: Berechtigungen addieren sich, \
     und diese braucht niemand mehr.",
    "Le passage fonctionne. Retirez maintenant $0 de l’inscription d’application : les autorisations \
     s’additionnent, et celle-ci ne sert plus.",
    "Il passaggio funziona. Ora rimuovere $0 dalla registrazione dell’app: le autorizzazioni si sommano e \
     questa non serve più.",
    "El cambio funciona. Quite ahora $0 del registro de la aplicación: los permisos se suman y este ya no hace \
     falta.",
    "De overstap werkt. Verwijder nu $0 uit de app-registratie: machtigingen tellen op en deze is niet meer \
     nodig.",
];

/// Heading of the first steps.
pub const FIRST_STEPS: Words = words![
    "First steps",
    "Erste Schritte",
    "Premiers pas",
    "Primi passi",
    "Primeros pasos",
    "Eerste stappen",
];

/// What the first steps are.
pub const FIRST_STEPS_ABOUT: Words = words![
    "Nothing is set up yet. Each click fills in fields below; nothing counts before you save.",
    "Noch ist nichts eingerichtet. Jeder Klick füllt Felder weiter unten; nichts gilt, bevor Sie speichern.",
    "Rien n’est encore configuré. Chaque clic remplit des champs ci-dessous ; rien ne compte avant \
     l’enregistrement.",
    "Non è ancora configurato nulla. Ogni clic compila campi più sotto; nulla vale prima del salvataggio.",
    "Aún no hay nada configurado. Cada clic rellena campos más abajo; nada cuenta antes de guardar.",
    "Er is nog niets ingesteld. Elke klik vult velden hieronder in; niets telt voordat u opslaat.",
];

/// Question: language and time zone.
pub const ASK_PLACE: Words = words![
    "Language and time zone of your PBX?",
    "Sprache und Zeitzone Ihrer PBX?",
    "Langue et fuseau horaire de votre PBX ?",
    "Lingua e fuso orario del PBX?",
    "¿Idioma y zona horaria de su PBX?",
    "Taal en tijdzone van uw PBX?",
];

/// Button: time zone `$0` and language `$1`.
pub const USE_PLACE: Words = words![
    "Use $0 and $1",
    "$0 und $1 verwenden",
    "Utiliser $0 et $1",
    "Usa $0 e $1",
    "Usar $0 y $1",
    "$0 en $1 gebruiken",
];

/// Question: titles.
pub const ASK_TITLES: Words = words![
    "May colleagues read the titles of appointments?",
    "Dürfen Kollegen die Titel von Terminen lesen?",
    "Les collègues peuvent-ils lire les titres des rendez-vous ?",
    "I colleghi possono leggere i titoli degli appuntamenti?",
    "¿Pueden los compañeros leer los títulos de las citas?",
    "Mogen collega’s de titels van afspraken lezen?",
];

/// Button: show titles, with an example.
pub const WITH_TITLES: Words = words![
    "Yes: “Budget meeting until 12:30”",
    "Ja: „Budgetrunde bis 12:30“",
    "Oui : « Réunion budget jusqu’à 12:30 »",
    "Sì: “Riunione budget fino alle 12:30”",
    "Sí: “Reunión de presupuesto hasta las 12:30”",
    "Ja: “Budgetoverleg tot 12:30”",
];

/// Button: show none, with an example.
pub const WITHOUT_TITLES: Words = words![
    "No: “Busy until 12:30”",
    "Nein: „Beschäftigt bis 12:30“",
    "Non : « Occupé jusqu’à 12:30 »",
    "No: “Occupato fino alle 12:30”",
    "No: “Ocupado hasta las 12:30”",
    "Nee: “Bezet tot 12:30”",
];

/// Question: way to the calendars.
pub const ASK_TYPE: Words = words![
    "Where are the calendars? For Microsoft 365 and Exchange Online, Microsoft Graph is recommended.",
    "Wo liegen die Kalender? Für Microsoft 365 und Exchange Online ist Microsoft Graph empfohlen.",
    "Où sont les agendas ? Pour Microsoft 365 et Exchange Online, Microsoft Graph est recommandé.",
    "Dove sono i calendari? Per Microsoft 365 ed Exchange Online si consiglia Microsoft Graph.",
    "¿Dónde están los calendarios? Para Microsoft 365 y Exchange Online se recomienda Microsoft Graph.",
    "Waar staan de agenda’s? Voor Microsoft 365 en Exchange Online wordt Microsoft Graph aanbevolen.",
];

/// Button: Microsoft Graph.
pub const USE_GRAPH: Words = words![
    "Microsoft Graph (recommended)",
    "Microsoft Graph (empfohlen)",
    "Microsoft Graph (recommandé)",
    "Microsoft Graph (consigliato)",
    "Microsoft Graph (recomendado)",
    "Microsoft Graph (aanbevolen)",
];

/// Button: another way.
pub const USE_OTHER: Words =
    words!["Another way", "Ein anderer Weg", "Une autre voie", "Un’altra via", "Otra vía", "Een andere weg",];
