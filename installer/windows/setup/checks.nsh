; What stops an installation. Silent: nothing is shown, the exit code says which it was.

!define RUNNING_NOW 10
!define NEWER_INSTALLED 11
!define NO_SPACE 12
!define CANNOT_WRITE 13
!define MACHINE_INSTALL 14
!define OLD_WINDOWS 15

!macro REFUSE CODE TEXT
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  Abort
!macroend

; A window and a command hold a named mutex. One that is still starting does not yet: it keeps its
; file open.
!macro RUNNING UN
Function ${UN}IsOpen
  ${If} ${FileExists} "$INSTDIR\$R9"
    ClearErrors
    FileOpen $1 "$INSTDIR\$R9" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ${UN}IsRunning
  StrCpy $0 0
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "${MUTEX}") p.r1'
  ${If} $1 != 0
    System::Call 'kernel32::CloseHandle(p r1)'
    StrCpy $0 1
  ${EndIf}
  StrCpy $R9 "${WINDOW}"
  Call ${UN}IsOpen
  StrCpy $R9 "${COMMAND}"
  Call ${UN}IsOpen
  ClearErrors
FunctionEnd

Function ${UN}RefuseWhileRunning
  ${Do}
    Call ${UN}IsRunning
    ${If} $0 == 0
      ${ExitDo}
    ${EndIf}
    SetErrorLevel ${RUNNING_NOW}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${SHOWN_NAME} est ouvert. Fermez-le, puis choisissez Réessayer." /SD IDCANCEL IDRETRY +2
    Abort
    SetErrorLevel -1
  ${Loop}
FunctionEnd
!macroend

Function RefuseOlder
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 == ""
  ${OrIf} $Forced == 1
    Return
  ${EndIf}
  ${VersionCompare} "$0" "${VERSION}" $1
  ${If} $1 == 1
    !insertmacro REFUSE ${NEWER_INSTALLED} "La version $0 est installée, plus récente que celle-ci (${VERSION}). Désinstallez-la d’abord si vous tenez à revenir en arrière : un carnet ouvert par la version récente peut être refusé par l’ancienne."
  ${EndIf}
FunctionEnd

Function RefuseBesideMachineInstall
  ReadRegStr $0 HKLM "${MACHINE_KEY}" "Version"
  ${If} $0 == ""
  ${OrIf} $Forced == 1
    Return
  ${EndIf}
  ${If} ${Silent}
    !insertmacro REFUSE ${MACHINE_INSTALL} ""
  ${EndIf}
  MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "${SHOWN_NAME} $0 est déjà installé sur cet ordinateur pour tout le monde, par votre service informatique. L’installer aussi pour vous seul ?" IDYES +3
  SetErrorLevel ${MACHINE_INSTALL}
  Abort
FunctionEnd

; The room is looked for in the nearest folder that exists, so that quotas and mounted disks count.
Function RefuseWithoutSpace
  StrCpy $1 $INSTDIR
  ${DoUntil} ${FileExists} "$1\*.*"
    ${GetParent} $1 $2
    ${If} $2 == ""
      ${ExitDo}
    ${EndIf}
    StrCpy $1 $2
  ${Loop}
  StrCpy $1 "$1\"
  System::Call 'kernel32::GetDiskFreeSpaceExW(w r1, *l .r3, p 0, p 0) i .r4'
  ${If} $4 == 0
    Return ; Windows does not know: the copy will tell
  ${EndIf}
  System::Int64Op $3 / 1048576
  Pop $5
  ${If} $5 < ${NEEDED_MB}
    !insertmacro REFUSE ${NO_SPACE} "Il reste $5 Mo sur le disque : il en faut ${NEEDED_MB}. Libérez de la place, puis recommencez."
  ${EndIf}
FunctionEnd
