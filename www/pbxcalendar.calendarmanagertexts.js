/* Caption of the plugin's tile, and what the plugin says while its form is not there. */
var pbxcalendar = pbxcalendar || {};
pbxcalendar.calendarmanagertexts = {
    en: {
        pluginTitle: "Calendar",
        loading: "Loading the calendar settings …",
        refused: "The Content-Security-Policy of this page does not let WebAssembly run, which this form is made of. Ask whoever runs the web server to add 'wasm-unsafe-eval' to its directive script-src (script-src 'wasm-unsafe-eval').",
        unsupported: "This browser does not know WebAssembly, which this form is made of. Use a current version of Chrome, Edge, Firefox or Safari.",
        unreachable: "The files of the form could not be loaded. Check that the instance of the Calendar runs and that this browser reaches it, then reload.",
        crashed: "The form has stopped because of an error in it. Nothing was saved by this. Reload it; if that happens again, report it together with the messages in the browser's console.",
        unsaved: "Your unsaved input, without passwords, to be copied:",
        reload: "Reload the form"
    },
    de: {
        pluginTitle: "Kalender",
        loading: "Die Kalendereinstellungen werden geladen …",
        refused: "Die Content-Security-Policy dieser Seite lässt kein WebAssembly zu, aus dem dieses Formular besteht. Der Betreiber des Webservers muss 'wasm-unsafe-eval' in die Direktive script-src aufnehmen (script-src 'wasm-unsafe-eval').",
        unsupported: "Dieser Browser kennt kein WebAssembly, aus dem dieses Formular besteht. Verwenden Sie eine aktuelle Version von Chrome, Edge, Firefox oder Safari.",
        unreachable: "Die Dateien des Formulars konnten nicht geladen werden. Prüfen Sie, ob die Instanz des Kalenders läuft und dieser Browser sie erreicht, und laden Sie dann neu.",
        crashed: "Das Formular wurde durch einen Fehler in ihm angehalten. Gespeichert wurde dabei nichts. Laden Sie es neu; tritt der Fehler wieder auf, melden Sie ihn mit den Meldungen der Browserkonsole.",
        unsaved: "Ihre nicht gespeicherten Eingaben ohne Passwörter, zum Kopieren:",
        reload: "Formular neu laden"
    }
};
