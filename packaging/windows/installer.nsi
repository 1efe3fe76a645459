; The installer for one person: no administrator, no question but *Install*, in the person's language.
; Given by setup.sh (FAST: packed in less time, for tests): VERSION, FROM (the bundle's folder), OUT (the installer), ICON, SIZE (KiB), SIGN (the signing program).
; Silent: page-keys-VERSION-setup.exe /S, and uninstall.exe /S [/REMOVEDATA]. It ends with 2 while Page Keys runs.
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

LangString isRunning ${LANG_ENGLISH} "Page Keys is running. Quit it, by its icon beside the clock too, then choose Retry."
LangString isRunning ${LANG_DUTCH} "Page Keys is geopend. Sluit het af, ook via het pictogram naast de klok, en kies daarna Opnieuw."
LangString isRunning ${LANG_FRENCH} "Page Keys est ouvert. Quittez-le, aussi par son icône à côté de l’horloge, puis choisissez Réessayer."
LangString isRunning ${LANG_GERMAN} "Page Keys läuft noch. Beenden Sie es, auch über das Symbol neben der Uhr, und wählen Sie dann Wiederholen."
LangString isRunning ${LANG_ITALIAN} "Page Keys è aperto. Chiudilo, anche dall’icona accanto all’orologio, poi scegli Riprova."
LangString isRunning ${LANG_POLISH} "Program Page Keys jest uruchomiony. Zakończ go, także ikoną przy zegarze, a potem wybierz Ponów próbę."
LangString isRunning ${LANG_PORTUGUESEBR} "O Page Keys está aberto. Encerre-o, também pelo ícone ao lado do relógio, e escolha Repetir."
LangString isRunning ${LANG_SPANISH} "Page Keys está abierto. Ciérrelo, también con su icono junto al reloj, y elija Reintentar."
LangString isRunning ${LANG_SWEDISH} "Page Keys är igång. Avsluta det, även med ikonen bredvid klockan, och välj sedan Försök igen."

LangString removeData ${LANG_ENGLISH} "Do you also want to delete what Page Keys keeps on this computer: tokens, App secrets, names and the history?$\r$\n$\r$\nThis cannot be undone. Files that you exported stay. The tokens themselves go on working at Facebook."
LangString removeData ${LANG_DUTCH} "Wilt u ook verwijderen wat Page Keys op deze computer bewaart: tokens, appgeheimen, namen en de geschiedenis?$\r$\n$\r$\nDit kan niet ongedaan worden gemaakt. Bestanden die u hebt geëxporteerd, blijven staan. De tokens zelf blijven bij Facebook werken."
LangString removeData ${LANG_FRENCH} "Voulez-vous aussi supprimer ce que Page Keys garde sur cet ordinateur : jetons, clés secrètes, noms et historique ?$\r$\n$\r$\nCette action est définitive. Les fichiers que vous avez exportés restent. Les jetons continuent de fonctionner chez Facebook."
LangString removeData ${LANG_GERMAN} "Möchten Sie auch löschen, was Page Keys auf diesem Computer aufbewahrt: Tokens, App-Geheimcodes, Namen und den Verlauf?$\r$\n$\r$\nDas lässt sich nicht rückgängig machen. Exportierte Dateien bleiben. Die Tokens selbst funktionieren bei Facebook weiter."
LangString removeData ${LANG_ITALIAN} "Vuoi eliminare anche ciò che Page Keys conserva su questo computer: token, chiavi segrete, nomi e cronologia?$\r$\n$\r$\nL’operazione non si può annullare. I file che hai esportato restano. I token continuano a funzionare su Facebook."
LangString removeData ${LANG_POLISH} "Czy usunąć także to, co Page Keys przechowuje na tym komputerze: tokeny, klucze tajne aplikacji, nazwy i historię?$\r$\n$\r$\nTego nie można cofnąć. Wyeksportowane pliki pozostaną. Same tokeny będą nadal działać na Facebooku."
LangString removeData ${LANG_PORTUGUESEBR} "Quer excluir também o que o Page Keys guarda neste computador: tokens, chaves secretas, nomes e o histórico?$\r$\n$\r$\nIsso não pode ser desfeito. Os arquivos que você exportou permanecem. Os tokens continuam funcionando no Facebook."
LangString removeData ${LANG_SPANISH} "¿Quiere eliminar también lo que Page Keys guarda en este equipo: tokens, claves secretas, nombres y el historial?$\r$\n$\r$\nNo se puede deshacer. Los archivos que exportó se conservan. Los tokens siguen funcionando en Facebook."
LangString removeData ${LANG_SWEDISH} "Vill du också ta bort det som Page Keys sparar på den här datorn: token, apphemligheter, namn och historik?$\r$\n$\r$\nDet går inte att ångra. Filer som du har exporterat blir kvar. Själva token fortsätter att fungera hos Facebook."

LangString notRemoved ${LANG_ENGLISH} "What Page Keys keeps could not be deleted, so nothing was removed. Start Page Keys to see why, and forget your logins there."
LangString notRemoved ${LANG_DUTCH} "Wat Page Keys bewaart, kon niet worden verwijderd; daarom is niets verwijderd. Start Page Keys om te zien waarom en vergeet uw aanmeldingen daar."
LangString notRemoved ${LANG_FRENCH} "Ce que Page Keys garde n’a pas pu être supprimé, donc rien n’a été désinstallé. Ouvrez Page Keys pour voir pourquoi et oubliez-y vos connexions."
LangString notRemoved ${LANG_GERMAN} "Was Page Keys aufbewahrt, konnte nicht gelöscht werden; deshalb wurde nichts entfernt. Starten Sie Page Keys, um den Grund zu sehen, und vergessen Sie dort Ihre Anmeldungen."
LangString notRemoved ${LANG_ITALIAN} "Non è stato possibile eliminare ciò che Page Keys conserva, quindi non è stato rimosso nulla. Apri Page Keys per vedere perché e dimentica lì i tuoi accessi."
LangString notRemoved ${LANG_POLISH} "Nie udało się usunąć tego, co przechowuje Page Keys, dlatego nic nie zostało odinstalowane. Uruchom Page Keys, aby zobaczyć przyczynę, i usuń tam swoje logowania."
LangString notRemoved ${LANG_PORTUGUESEBR} "Não foi possível excluir o que o Page Keys guarda, por isso nada foi removido. Abra o Page Keys para ver o motivo e esqueça lá os seus logins."
LangString notRemoved ${LANG_SPANISH} "No se pudo eliminar lo que Page Keys guarda, así que no se quitó nada. Abra Page Keys para ver el motivo y olvide allí sus inicios de sesión."
LangString notRemoved ${LANG_SWEDISH} "Det som Page Keys sparar kunde inte tas bort, därför har inget avinstallerats. Starta Page Keys för att se varför och glöm dina inloggningar där."

; A program that runs cannot be written to. Nothing is touched until it was quit.
!macro waitUntilQuit
  ${Do}
    ${IfNot} ${FileExists} "$INSTDIR\page-keys.exe"
      ${ExitDo}
    ${EndIf}
    ClearErrors
    FileOpen $0 "$INSTDIR\page-keys.exe" a
    ${IfNot} ${Errors}
      FileClose $0
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(isRunning)" /SD IDCANCEL IDRETRY +3
    SetErrorLevel 2
    Quit
  ${Loop}
!macroend

Section
  !insertmacro waitUntilQuit
  ; Of an older version nothing stays beside the new one. What the person keeps lies elsewhere.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${FROM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
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
  !insertmacro waitUntilQuit
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/REMOVEDATA" $2
  ${If} ${Errors}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(removeData)" /SD IDNO IDNO keepData
  ${EndIf}
  ClearErrors
  ExecWait '"$INSTDIR\page-keys.exe" --remove-data' $0
  ${If} ${Errors}
  ${OrIf} $0 != 0
    MessageBox MB_OK|MB_ICONEXCLAMATION "$(notRemoved)" /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  keepData:
  ; Only what was installed.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\page-keys.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Page Keys.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegValue HKCU "${RUN}" "Page Keys"
SectionEnd
