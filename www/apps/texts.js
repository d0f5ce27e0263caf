/** What the apps say by themselves. The form brings its own texts. */
export const texts = {
    en: {
        alone: "This is an app of myApps. Open it there: it uses the login that you have in myApps.",
        silent: "myApps does not answer; close the app and open it again",
        unbuilt: "The installation is incomplete: unpack the package again.",
        calendar: "This App object has nothing to show. It connects the PBX with the Calendar service: through it the service knows the users of the PBX and sets their presence.",
        checkmarks: "In the PBX it needs the checkmark Websocket and the APIs PbxApi and PbxTableUsers, and should be hidden. The service is configured in the app Calendar Admin, or in the PBX Manager under Calendar.",
    },
    de: {
        alone: "Dies ist eine App von myApps. Öffnen Sie sie dort: Sie verwendet die Anmeldung, die Sie in myApps haben.",
        silent: "myApps antwortet nicht; schließen Sie die App und öffnen Sie sie wieder",
        unbuilt: "Die Installation ist unvollständig: Entpacken Sie das Paket noch einmal.",
        calendar: "Dieses App-Objekt hat nichts anzuzeigen. Es verbindet die PBX mit dem Kalenderdienst: Dadurch kennt der Dienst die Benutzer der PBX und setzt ihre Präsenz.",
        checkmarks: "In der PBX braucht es das Häkchen Websocket und die APIs PbxApi und PbxTableUsers, und es sollte ausgeblendet sein. Eingerichtet wird der Dienst in der App Calendar Admin oder im PBX Manager unter Kalender.",
    },
    fr: {
        alone: "Ceci est une app de myApps. Ouvrez-la dans myApps : elle utilise la session que vous y avez.",
        silent: "myApps ne répond pas ; fermez l’app et rouvrez-la",
        unbuilt: "L’installation est incomplète : décompressez de nouveau le paquet.",
        calendar: "Cet objet App n’a rien à afficher. Il relie le PBX au service Calendrier : par lui, le service connaît les utilisateurs du PBX et définit leur présence.",
        checkmarks: "Dans le PBX, il lui faut la coche Websocket et les API PbxApi et PbxTableUsers, et il devrait être masqué. Le service se configure dans l’app Calendar Admin, ou dans le PBX Manager sous Calendrier.",
    },
    it: {
        alone: "Questa è un’app di myApps. Aprirla da lì: usa l’accesso che si ha in myApps.",
        silent: "myApps non risponde; chiudere l’app e riaprirla",
        unbuilt: "L’installazione è incompleta: estrarre di nuovo il pacchetto.",
        calendar: "Questo oggetto App non ha nulla da mostrare. Collega il PBX al servizio Calendario: tramite esso il servizio conosce gli utenti del PBX e ne imposta la presenza.",
        checkmarks: "Nel PBX gli servono la spunta Websocket e le API PbxApi e PbxTableUsers, e dovrebbe essere nascosto. Il servizio si configura nell’app Calendar Admin oppure nel PBX Manager, sotto Calendario.",
    },
    es: {
        alone: "Esta es una app de myApps. Ábrala allí: usa la sesión que tiene en myApps.",
        silent: "myApps no responde; cierre la app y vuelva a abrirla",
        unbuilt: "La instalación está incompleta: descomprima el paquete de nuevo.",
        calendar: "Este objeto App no tiene nada que mostrar. Conecta la PBX con el servicio Calendario: por él, el servicio conoce a los usuarios de la PBX y establece su presencia.",
        checkmarks: "En la PBX necesita la marca Websocket y las API PbxApi y PbxTableUsers, y debería estar oculto. El servicio se configura en la app Calendar Admin o en el PBX Manager, en Calendario.",
    },
    nl: {
        alone: "Dit is een app van myApps. Open de app daar: die gebruikt de aanmelding die u in myApps hebt.",
        silent: "myApps antwoordt niet; sluit de app en open die opnieuw",
        unbuilt: "De installatie is onvolledig: pak het pakket opnieuw uit.",
        calendar: "Dit App-object heeft niets te tonen. Het verbindt de PBX met de Agenda-service: via dit object kent de service de gebruikers van de PBX en stelt hun aanwezigheid in.",
        checkmarks: "In de PBX zijn het vinkje Websocket en de API’s PbxApi en PbxTableUsers nodig, en het object hoort verborgen te zijn. De service wordt ingesteld in de app Calendar Admin, of in de PBX Manager onder Agenda.",
    },
};
