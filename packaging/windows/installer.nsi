; The installer for one person: no administrator, no question but *Install*, in the person's language.
; Given by setup.sh (FAST: packed in less time, for tests): VERSION, FROM (the bundle's folder), OUT (the installer), ICON, SIZE (KiB), SIGN (the signing program).
; Silent: page-keys-VERSION-setup.exe /S, and uninstall.exe /S [/REMOVEDATA]. Ends with 2 while Page Keys or one of its
; files is in use, 3 where what it keeps cannot be deleted, 4 where files cannot be written, 5 where a newer version is
; installed; nothing is changed then. uninstall.exe runs as a copy of itself, whose end and code are to be had with
; _?=FOLDER alone (NSIS).
Target amd64-unicode
Unicode true
ManifestDPIAware true
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WordFunc.nsh"

Name "Page Keys"
OutFile "${OUT}"
BrandingText "Page Keys ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Page Keys"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Page Keys"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
!uninstfinalize '"${SIGN}" "%1"'
!finalize '"${SIGN}" "%1"'

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Page Keys"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs Page Keys"
VIAddVersionKey "CompanyName" "The Page Keys project"
VIAddVersionKey "LegalCopyright" "MIT license"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\page-keys.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first is for everybody else.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Dutch"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "Italian"
!insertmacro MUI_LANGUAGE "Polish"
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "Swedish"

LangString isRunning ${LANG_ENGLISH} "Page Keys is running, or another program uses its files. Quit Page Keys, by its icon beside the clock too, then choose Retry."
LangString isRunning ${LANG_DUTCH} "Page Keys is actief, of een ander programma gebruikt de bestanden ervan. Sluit Page Keys af, ook via het pictogram naast de klok, en kies daarna Opnieuw."
LangString isRunning ${LANG_FRENCH} "Page Keys est en cours d’exécution, ou un autre programme utilise ses fichiers. Quittez Page Keys, y compris depuis son icône à côté de l’horloge, puis choisissez Réessayer."
LangString isRunning ${LANG_GERMAN} "Page Keys läuft noch, oder ein anderes Programm verwendet seine Dateien. Beenden Sie Page Keys, auch über das Symbol neben der Uhr, und wählen Sie dann Wiederholen."
LangString isRunning ${LANG_ITALIAN} "Page Keys è in esecuzione, oppure un altro programma usa i suoi file. Chiudi Page Keys, anche dall’icona accanto all’orologio, poi scegli Riprova."
LangString isRunning ${LANG_POLISH} "Program Page Keys jest uruchomiony albo inny program używa jego plików. Zakończ Page Keys, także ikoną przy zegarze, a potem wybierz Ponów próbę."
LangString isRunning ${LANG_PORTUGUESEBR} "O Page Keys está em execução, ou outro programa usa os arquivos dele. Encerre o Page Keys, também pelo ícone ao lado do relógio, e escolha Repetir."
LangString isRunning ${LANG_SPANISH} "Page Keys está en ejecución u otro programa usa sus archivos. Cierre Page Keys, también con su icono junto al reloj, y elija Reintentar."
LangString isRunning ${LANG_SWEDISH} "Page Keys är igång, eller så använder ett annat program dess filer. Avsluta Page Keys, även med ikonen bredvid klockan, och välj sedan Försök igen."

LangString removeData ${LANG_ENGLISH} "Do you also want to delete what Page Keys keeps on this computer: tokens, App secrets, names and the history?$\r$\n$\r$\nThis cannot be undone. Files that you exported stay. The tokens themselves go on working at Facebook."
LangString removeData ${LANG_DUTCH} "Wilt u ook verwijderen wat Page Keys op deze computer bewaart: tokens, appgeheimen, namen en de geschiedenis?$\r$\n$\r$\nDit kan niet ongedaan worden gemaakt. Bestanden die u hebt geëxporteerd, blijven staan. De tokens zelf blijven bij Facebook werken."
LangString removeData ${LANG_FRENCH} "Voulez-vous aussi supprimer ce que Page Keys conserve sur cet ordinateur : jetons, clés secrètes, noms et historique ?$\r$\n$\r$\nCette action est définitive. Les fichiers que vous avez exportés restent. Les jetons continuent de fonctionner chez Facebook."
LangString removeData ${LANG_GERMAN} "Möchten Sie auch löschen, was Page Keys auf diesem Computer aufbewahrt: Tokens, App-Geheimcodes, Namen und den Verlauf?$\r$\n$\r$\nDas lässt sich nicht rückgängig machen. Exportierte Dateien bleiben erhalten. Die Tokens selbst funktionieren bei Facebook weiter."
LangString removeData ${LANG_ITALIAN} "Vuoi eliminare anche ciò che Page Keys conserva su questo computer: token, chiavi segrete, nomi e cronologia?$\r$\n$\r$\nL’operazione non si può annullare. I file che hai esportato restano. I token continuano a funzionare su Facebook."
LangString removeData ${LANG_POLISH} "Czy usunąć także to, co Page Keys przechowuje na tym komputerze: tokeny, klucze tajne aplikacji, nazwy i historię?$\r$\n$\r$\nTego nie można cofnąć. Wyeksportowane pliki pozostaną. Same tokeny będą nadal działać na Facebooku."
LangString removeData ${LANG_PORTUGUESEBR} "Quer excluir também o que o Page Keys guarda neste computador: tokens, chaves secretas, nomes e o histórico?$\r$\n$\r$\nIsso não pode ser desfeito. Os arquivos que você exportou permanecem. Os tokens continuam funcionando no Facebook."
LangString removeData ${LANG_SPANISH} "¿Quiere eliminar también lo que Page Keys guarda en este equipo: tokens, claves secretas, nombres y el historial?$\r$\n$\r$\nNo se puede deshacer. Los archivos que exportó se conservan. Los tokens siguen funcionando en Facebook."
LangString removeData ${LANG_SWEDISH} "Vill du också ta bort det som Page Keys sparar på den här datorn: token, apphemligheter, namn och historik?$\r$\n$\r$\nDet går inte att ångra. Filer som du har exporterat blir kvar. Token i sig fortsätter att fungera hos Facebook."

LangString notRemoved ${LANG_ENGLISH} "What Page Keys keeps could not be deleted, so nothing was removed. Install Page Keys again, forget your logins in its Settings, then remove it."
LangString notRemoved ${LANG_DUTCH} "Wat Page Keys bewaart, kon niet worden verwijderd; daarom is niets verwijderd. Installeer Page Keys opnieuw, verwijder uw aanmeldingen in de instellingen en verwijder daarna het programma."
LangString notRemoved ${LANG_FRENCH} "Ce que Page Keys conserve n’a pas pu être supprimé, donc rien n’a été désinstallé. Réinstallez Page Keys, supprimez vos connexions dans ses réglages, puis désinstallez-le."
LangString notRemoved ${LANG_GERMAN} "Was Page Keys aufbewahrt, konnte nicht gelöscht werden; deshalb wurde nichts entfernt. Installieren Sie Page Keys noch einmal, entfernen Sie Ihre Anmeldungen in den Einstellungen und danach das Programm."
LangString notRemoved ${LANG_ITALIAN} "Non è stato possibile eliminare ciò che Page Keys conserva, quindi non è stato rimosso nulla. Installa di nuovo Page Keys, elimina i tuoi accessi nelle impostazioni, poi rimuovilo."
LangString notRemoved ${LANG_POLISH} "Nie udało się usunąć tego, co przechowuje Page Keys, dlatego nic nie zostało odinstalowane. Zainstaluj Page Keys ponownie, usuń swoje logowania w jego ustawieniach, a potem odinstaluj program."
LangString notRemoved ${LANG_PORTUGUESEBR} "Não foi possível excluir o que o Page Keys guarda, por isso nada foi removido. Instale o Page Keys de novo, remova os seus logins nas configurações e depois desinstale-o."
LangString notRemoved ${LANG_SPANISH} "No se pudo eliminar lo que Page Keys guarda, así que no se quitó nada. Vuelva a instalar Page Keys, elimine sus inicios de sesión en los ajustes y después desinstálelo."
LangString notRemoved ${LANG_SWEDISH} "Det som Page Keys sparar kunde inte tas bort, därför har inget avinstallerats. Installera Page Keys igen, ta bort dina inloggningar i inställningarna och avinstallera sedan programmet."

LangString notWritten ${LANG_ENGLISH} "Page Keys could not be installed: files could not be written to $INSTDIR. What was there is as it was. Free some space, or choose a folder that you may write to, then start the installer again."
LangString notWritten ${LANG_DUTCH} "Page Keys kon niet worden geïnstalleerd: er konden geen bestanden worden geschreven naar $INSTDIR. Wat er stond, is niet gewijzigd. Maak ruimte vrij of kies een map waarin u mag schrijven en start het installatieprogramma opnieuw."
LangString notWritten ${LANG_FRENCH} "Page Keys n’a pas pu être installé : des fichiers n’ont pas pu être écrits dans $INSTDIR. Ce qui s’y trouvait est inchangé. Libérez de l’espace ou choisissez un dossier où vous pouvez écrire, puis relancez l’installation."
LangString notWritten ${LANG_GERMAN} "Page Keys konnte nicht installiert werden: In $INSTDIR konnten keine Dateien geschrieben werden. Was dort war, ist unverändert. Schaffen Sie Platz, oder wählen Sie einen Ordner, in den Sie schreiben dürfen, und starten Sie die Installation noch einmal."
LangString notWritten ${LANG_ITALIAN} "Non è stato possibile installare Page Keys: non si possono scrivere file in $INSTDIR. Ciò che c’era è rimasto com’era. Libera spazio o scegli una cartella in cui puoi scrivere, poi riavvia l’installazione."
LangString notWritten ${LANG_POLISH} "Nie udało się zainstalować Page Keys: nie można zapisać plików w $INSTDIR. To, co tam było, pozostało bez zmian. Zwolnij miejsce lub wybierz folder, w którym możesz zapisywać, i uruchom instalator ponownie."
LangString notWritten ${LANG_PORTUGUESEBR} "Não foi possível instalar o Page Keys: não foi possível gravar arquivos em $INSTDIR. O que estava lá não mudou. Libere espaço ou escolha uma pasta em que você possa gravar e inicie o instalador de novo."
LangString notWritten ${LANG_SPANISH} "No se pudo instalar Page Keys: no se pudieron escribir archivos en $INSTDIR. Lo que había no ha cambiado. Libere espacio o elija una carpeta en la que pueda escribir e inicie de nuevo el instalador."
LangString notWritten ${LANG_SWEDISH} "Page Keys kunde inte installeras: det gick inte att skriva filer till $INSTDIR. Det som fanns där är oförändrat. Frigör utrymme eller välj en mapp som du får skriva i och starta installationsprogrammet igen."

LangString isNewer ${LANG_ENGLISH} "A newer version of Page Keys is installed ($1). Do you want to go back to ${VERSION}? An older version may not read what a newer one keeps."
LangString isNewer ${LANG_DUTCH} "Er is een nieuwere versie van Page Keys geïnstalleerd ($1). Wilt u terug naar ${VERSION}? Een oudere versie kan mogelijk niet lezen wat een nieuwere bewaart."
LangString isNewer ${LANG_FRENCH} "Une version plus récente de Page Keys est installée ($1). Voulez-vous revenir à la version ${VERSION} ? Une version plus ancienne peut ne pas lire ce qu’une plus récente conserve."
LangString isNewer ${LANG_GERMAN} "Eine neuere Version von Page Keys ist installiert ($1). Möchten Sie zu ${VERSION} zurück? Eine ältere Version kann womöglich nicht lesen, was eine neuere aufbewahrt."
LangString isNewer ${LANG_ITALIAN} "È installata una versione più recente di Page Keys ($1). Vuoi tornare alla ${VERSION}? Una versione precedente potrebbe non leggere ciò che conserva una più recente."
LangString isNewer ${LANG_POLISH} "Zainstalowana jest nowsza wersja Page Keys ($1). Czy chcesz wrócić do wersji ${VERSION}? Starsza wersja może nie odczytać tego, co przechowuje nowsza."
LangString isNewer ${LANG_PORTUGUESEBR} "Uma versão mais recente do Page Keys está instalada ($1). Quer voltar para a ${VERSION}? Uma versão mais antiga pode não ler o que uma mais recente guarda."
LangString isNewer ${LANG_SPANISH} "Hay instalada una versión más reciente de Page Keys ($1). ¿Quiere volver a la ${VERSION}? Es posible que una versión anterior no lea lo que guarda una más reciente."
LangString isNewer ${LANG_SWEDISH} "En nyare version av Page Keys är installerad ($1). Vill du gå tillbaka till ${VERSION}? En äldre version kanske inte kan läsa det som en nyare sparar."

; The old files go aside as one (MOVE): that fails, and changes nothing, while any of them is in use. Only what is ours is
; touched.
!macro waitUntilQuit MOVE
  ${Do}
    StrCpy $3 ""
    ${If} ${FileExists} "$INSTDIR\page-keys.exe"
      ClearErrors
      FileOpen $0 "$INSTDIR\page-keys.exe" a
      ${If} ${Errors}
        StrCpy $3 "in use"
      ${Else}
        FileClose $0
      ${EndIf}
    ${EndIf}
    !if ${MOVE} == 1
      ${If} $3 == ""
      ${AndIf} ${FileExists} "$INSTDIR\_internal\PySide6\*.*"
        RMDir /r "$INSTDIR\_internal.old"
        ClearErrors
        Rename "$INSTDIR\_internal" "$INSTDIR\_internal.old"
        ${If} ${Errors}
          StrCpy $3 "in use"
        ${Else}
          Delete "$INSTDIR\page-keys.old"
          Rename "$INSTDIR\page-keys.exe" "$INSTDIR\page-keys.old"
        ${EndIf}
      ${EndIf}
    !endif
    ${If} $3 == ""
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(isRunning)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Quit
  ${Loop}
!macroend

Section
  ReadRegStr $1 HKCU "${UNINSTALL}" "DisplayVersion"
  ${VersionCompare} "$1" "${VERSION}" $0
  ${If} $1 != ""
  ${AndIf} $0 == 1
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(isNewer)" /SD IDNO IDYES +3
    SetErrorLevel 5
    Quit
  ${EndIf}
  !insertmacro waitUntilQuit 1
  ClearErrors
  SetOverwrite try
  SetOutPath "$INSTDIR"
  File /r "${FROM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    ${If} ${FileExists} "$INSTDIR\_internal.old\*.*"
      RMDir /r "$INSTDIR\_internal"
      Rename "$INSTDIR\_internal.old" "$INSTDIR\_internal"
      Delete "$INSTDIR\page-keys.exe"
      Rename "$INSTDIR\page-keys.old" "$INSTDIR\page-keys.exe"
    ${EndIf}
    MessageBox MB_OK|MB_ICONSTOP "$(notWritten)" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  ; Of an older version nothing stays beside the new one. What the person keeps lies elsewhere.
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\page-keys.old"
  CreateShortcut "$SMPROGRAMS\Page Keys.lnk" "$INSTDIR\page-keys.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Page Keys"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\page-keys.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Page Keys project"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  !insertmacro waitUntilQuit 0
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/REMOVEDATA" $2
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(removeData)" /SD IDNO IDNO keepData
  ${EndIf}
  ; A damaged program may wait for somebody who is not there.
  nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\page-keys.exe" --remove-data'
  Pop $0
  ${If} $0 != "0"
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(notRemoved)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  keepData:
  !insertmacro waitUntilQuit 1
  ; Only what was installed.
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\page-keys.old"
  Delete "$INSTDIR\page-keys.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  ; Another copy may be the one that Windows knows.
  ReadRegStr $0 HKCU "${UNINSTALL}" "InstallLocation"
  ${If} $0 == $INSTDIR
    Delete "$SMPROGRAMS\Page Keys.lnk"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegValue HKCU "${RUN}" "Page Keys"
  ${EndIf}
SectionEnd
