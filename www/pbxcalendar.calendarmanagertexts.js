/* Caption of the plugin's tile, and what the plugin says while its form is not there. */
var pbxcalendar = pbxcalendar || {};
pbxcalendar.calendarmanagertexts = {
    en: {
        pluginTitle: "Calendar",
        loading: "Loading the calendar settings …",
        refused: "The Content-Security-Policy of this page does not allow WebAssembly, which this form needs. Ask whoever runs the web server to add 'wasm-unsafe-eval' to its directive script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "This browser does not know WebAssembly, which this form needs. Use a current version of Chrome, Edge, Firefox or Safari.",
        unreachable: "The files of the form could not be loaded. Check that the instance of the Calendar runs and that this browser reaches it, then reload.",
        crashed: "The form has stopped because of an internal error. Nothing was saved. Reload it; if it happens again, report it together with the messages in the browser's console.",
        unsaved: "Your unsaved input, without passwords, to be copied:",
        reload: "Reload the form"
    },
    de: {
        pluginTitle: "Kalender",
        loading: "Die Kalendereinstellungen werden geladen …",
        refused: "Die Content-Security-Policy dieser Seite lässt kein WebAssembly zu, das dieses Formular braucht. Der Betreiber des Webservers muss 'wasm-unsafe-eval' in die Direktive script-src aufnehmen (script-src 'wasm-unsafe-eval').",
        unsupported: "Dieser Browser kennt kein WebAssembly, das dieses Formular braucht. Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.",
        unreachable: "Die Dateien des Formulars konnten nicht geladen werden. Prüfen Sie, ob die Instanz des Kalenders läuft und dieser Browser sie erreicht, und laden Sie dann neu.",
        crashed: "Das Formular wurde durch einen internen Fehler beendet. Gespeichert wurde nichts. Laden Sie es neu; tritt der Fehler wieder auf, melden Sie ihn zusammen mit den Meldungen der Browserkonsole.",
        unsaved: "Ihre ungespeicherten Eingaben ohne Passwörter, zum Kopieren:",
        reload: "Formular neu laden"
    },
    fr: {
        pluginTitle: "Calendrier",
        loading: "Chargement des paramètres du calendrier…",
        refused: "La Content-Security-Policy de cette page interdit WebAssembly, dont ce formulaire a besoin. Demandez à l’administrateur du serveur web d’ajouter 'wasm-unsafe-eval' à sa directive script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "Ce navigateur ne connaît pas WebAssembly, dont ce formulaire a besoin. Utilisez une version actuelle de Chrome, Edge, Firefox ou Safari.",
        unreachable: "Les fichiers du formulaire n’ont pas pu être chargés. Vérifiez que l’instance du calendrier fonctionne et que ce navigateur peut l’atteindre, puis rechargez.",
        crashed: "Le formulaire s’est arrêté à cause d’une erreur interne. Rien n’a été enregistré. Rechargez-le ; si l’erreur se reproduit, signalez-la avec les messages de la console du navigateur.",
        unsaved: "Votre saisie non enregistrée, sans les mots de passe, à copier :",
        reload: "Recharger le formulaire"
    },
    it: {
        pluginTitle: "Calendario",
        loading: "Caricamento delle impostazioni del calendario…",
        refused: "La Content-Security-Policy di questa pagina non consente WebAssembly, necessario a questo modulo. Chiedere a chi gestisce il server web di aggiungere 'wasm-unsafe-eval' alla direttiva script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "Questo browser non conosce WebAssembly, necessario a questo modulo. Usare una versione attuale di Chrome, Edge, Firefox o Safari.",
        unreachable: "Non è stato possibile caricare i file del modulo. Verificare che l’istanza del calendario sia in funzione e raggiungibile da questo browser, poi ricaricare.",
        crashed: "Il modulo si è fermato per un errore interno. Nulla è stato salvato. Ricaricarlo; se succede di nuovo, segnalarlo con i messaggi della console del browser.",
        unsaved: "I dati non salvati, senza le password, da copiare:",
        reload: "Ricarica il modulo"
    },
    es: {
        pluginTitle: "Calendario",
        loading: "Cargando la configuración del calendario…",
        refused: "La Content-Security-Policy de esta página no permite WebAssembly, que este formulario necesita. Pida a quien administra el servidor web que añada 'wasm-unsafe-eval' a la directiva script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "Este navegador no conoce WebAssembly, que este formulario necesita. Use una versión actual de Chrome, Edge, Firefox o Safari.",
        unreachable: "No se pudieron cargar los archivos del formulario. Compruebe que la instancia del calendario funciona y que este navegador llega a ella, y vuelva a cargar.",
        crashed: "El formulario se detuvo por un error interno. No se guardó nada. Vuelva a cargarlo; si ocurre de nuevo, comuníquelo junto con los mensajes de la consola del navegador.",
        unsaved: "Lo que ha escrito y no se ha guardado, sin contraseñas, para copiarlo:",
        reload: "Volver a cargar el formulario"
    },
    nl: {
        pluginTitle: "Agenda",
        loading: "De agenda-instellingen worden geladen…",
        refused: "De Content-Security-Policy van deze pagina staat WebAssembly niet toe, dat dit formulier nodig heeft. Vraag de beheerder van de webserver om 'wasm-unsafe-eval' toe te voegen aan de richtlijn script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "Deze browser kent WebAssembly niet, dat dit formulier nodig heeft. Gebruik een actuele versie van Chrome, Edge, Firefox of Safari.",
        unreachable: "De bestanden van het formulier konden niet worden geladen. Controleer of de instantie van de agenda draait en of deze browser die bereikt, en laad dan opnieuw.",
        crashed: "Het formulier is door een interne fout gestopt. Er is niets opgeslagen. Laad het opnieuw; gebeurt het nog eens, meld het dan met de berichten van de browserconsole.",
        unsaved: "Uw niet-opgeslagen invoer, zonder wachtwoorden, om te kopiëren:",
        reload: "Formulier opnieuw laden"
    }
};
