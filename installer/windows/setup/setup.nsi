; The package an agent installs alone: no administrator, in the user's own folders.
; settings.nsh (names, version) and files.nsh (what is copied) are written by nsis.py.
Unicode true
Target amd64-unicode
!include "settings.nsh"
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "Sections.nsh"
!include "TextFunc.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

Name "${SHOWN_NAME}"
OutFile "${OUT}"
BrandingText "${SHOWN_NAME} ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
AllowSkipFiles off
ManifestDPIAware true
ManifestSupportedOS Win10

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1036 "ProductName" "${SHOWN_NAME}"
VIAddVersionKey /LANG=1036 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileDescription" "Installation de ${SHOWN_NAME}"
VIAddVersionKey /LANG=1036 "CompanyName" "${MANUFACTURER}"
VIAddVersionKey /LANG=1036 "LegalCopyright" "${MANUFACTURER} – EUPL-1.2"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_COMPONENTSPAGE_NODESC
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEPAGE_TITLE "${SHOWN_NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Le programme s’installe pour vous seul : aucun droit d’administrateur n’est demandé.$\r$\n$\r$\nS’il est déjà installé, il est remplacé par cette version. Vos carnets et vos réglages restent tels qu’ils sont.$\r$\n$\r$\nChoisissez Suivant pour continuer."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW}"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir ${SHOWN_NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "Le programme va être retiré de cet ordinateur. Vos carnets (fichiers .carnet), où qu’ils soient, et vos réglages ($LOCALAPPDATA\${PROGRAM}) restent : effacez-les vous-même si vous n’en avez plus besoin."
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

Var OldFolder ; where the version before is, if there is one
Var Forced    ; 1 when /FORCE was given
Var Folder    ; the one being changed
Var Staging   ; in it, where the new files wait until all of them are on the disk
Var Aside     ; in it, where the version before waits until the new one is in place
Var Held      ; the file that could not be moved

!include "checks.nsh"
!include "files_listed.nsh"
!include "swap.nsh"
!include "association.nsh"
!insertmacro RUNNING ""
!insertmacro RUNNING "un."
!insertmacro FILES_LISTED ""
!insertmacro FILES_LISTED "un."

!ifdef SIGN_COMMAND
  !uninstfinalize `${SIGN_COMMAND}` = 0
!endif

Section "${SHOWN_NAME}" Main
  SectionIn RO
  AddSize ${SIZE_KB}
  Call RefuseWhileRunning
  !insertmacro WHERE "$INSTDIR"
  Call Mend
  Call RefuseWithoutSpace
  Call CopyAside
  Call RefuseWhileRunning
  Call PutInPlace
  Call Register
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
    Call RemoveElsewhere
  ${EndIf}
SectionEnd

Section /o "Raccourci sur le bureau" Desktop
  SetOutPath "$PROFILE"
  CreateShortCut "$DESKTOP\${SHOWN_NAME}.lnk" "$INSTDIR\${WINDOW}"
SectionEnd

; Everything is written beside the version before, which therefore still works when the disk is
; full or the power goes.
Function CopyAside
  RMDir /r "$Staging"
  ClearErrors
  CreateDirectory "$Staging"
  ${If} ${Errors}
    !insertmacro REFUSE ${CANNOT_WRITE} "Le dossier $INSTDIR n’a pas pu être créé. Choisissez un autre dossier, où vous avez le droit d’écrire."
  ${EndIf}
  !include "files.nsh"
  SetOutPath "$PROFILE"
  ClearErrors
  WriteUninstaller "$Staging\uninstall.exe"
  ${If} ${Errors}
    !insertmacro REFUSE ${CANNOT_WRITE} "Le programme de désinstallation n’a pas pu être écrit dans $INSTDIR. Libérez de la place, puis recommencez."
  ${EndIf}
FunctionEnd

Function Register
  SetOutPath "$PROFILE" ; where the shortcut starts: never the program's own folder
  CreateShortCut "$SMPROGRAMS\${SHOWN_NAME}.lnk" "$INSTDIR\${WINDOW}" "" "" 0 SW_SHOWNORMAL "" "${COMMENT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${SHOWN_NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${MANUFACTURER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  !insertmacro ASSOCIATE
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro REFUSE ${OLD_WINDOWS} "${SHOWN_NAME} demande Windows 10 (1809) ou une version plus récente."
  ${EndIf}
  ReadRegStr $OldFolder HKCU "${UNINSTALL_KEY}" "InstallLocation"
  Call ReadOptions
  Call RefuseBesideMachineInstall
  Call RefuseOlder
  Call RefuseWhileRunning
FunctionEnd

Function ReadOptions
  StrCpy $Forced 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORCE" $1
  ${IfNot} ${Errors}
    StrCpy $Forced 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/DESKTOP=" $1
  ${If} $1 == "1"
  ${OrIf} ${FileExists} "$DESKTOP\${SHOWN_NAME}.lnk"
    !insertmacro SelectSection ${Desktop}
  ${EndIf}
  ClearErrors
FunctionEnd

; What was copied aside is taken away, unless it takes part in a swap that could not be undone: the
; next installation will need it. Folders go only if nothing else is in them.
Function .onInstFailed
  ${If} $Staging != ""
    SetOutPath "$PROFILE"
    ${IfNot} ${FileExists} "$Aside\*.*"
      RMDir /r "$Staging"
    ${EndIf}
    RMDir "$INSTDIR"
    GetErrorLevel $0
    ${If} $0 == -1
      SetErrorLevel ${CANNOT_WRITE}
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  Call un.RefuseWhileRunning
FunctionEnd

Section "Uninstall"
  Call un.RefuseWhileRunning
  InitPluginsDir
  SetOutPath "$PLUGINSDIR"
  File "/oname=list.txt" "${LIST_FILE}"
  SetOutPath "$PROFILE"
  StrCpy $R0 $INSTDIR
  StrCpy $R1 "$PLUGINSDIR\list.txt"
  Call un.RemoveListed
  RMDir /r "$INSTDIR\${STAGING}" ; left by an installation that was killed, like the next one
  RMDir /r "$INSTDIR\${ASIDE}"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${SHOWN_NAME}.lnk"
  Delete "$DESKTOP\${SHOWN_NAME}.lnk"
  !insertmacro DISSOCIATE
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DetailPrint "Vos carnets et vos réglages ($LOCALAPPDATA\${PROGRAM}) sont restés en place."
SectionEnd
