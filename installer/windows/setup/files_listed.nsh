; Files are put in place and removed by the list that comes with them, never by whole folders: an
; agent may have chosen a folder that holds notebooks. A line ends with \ for a folder, after all
; the files; a folder goes only when it is empty. The list itself is the last file it names.

!macro FILES_LISTED UN
; $R0: the folder, $R1: the list.
Function ${UN}RemoveListed
  ClearErrors
  FileOpen $R2 $R1 r
  ${If} ${Errors}
    Return
  ${EndIf}
  ${Do}
    FileRead $R2 $R3
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${${UN}TrimNewLines} $R3 $R3
    StrCpy $R4 $R3 1 -1
    ${If} $R4 == "\"
      RMDir "$R0\$R3"
    ${ElseIf} $R3 != ""
      Delete "$R0\$R3"
    ${EndIf}
    ClearErrors
  ${Loop}
  FileClose $R2
  ClearErrors
FunctionEnd
!macroend

; The list is read from a copy: it goes away with the rest.
Function RemoveListedIn
  ${If} ${FileExists} "$R0\${LIST}"
    InitPluginsDir
    CopyFiles /SILENT "$R0\${LIST}" "$PLUGINSDIR\list.txt"
    StrCpy $R1 "$PLUGINSDIR\list.txt"
    Call RemoveListed
  ${EndIf}
FunctionEnd

; Moves what LIST names from one folder to another. With WHAT_IS_THERE, what is missing or already
; moved is passed over, so that a move cut short can be made again; with ALL_OF_IT, it is a failure.
; $Held is then the file it stopped at, else "".
!define ALL_OF_IT 1
!define WHAT_IS_THERE 0
!macro MOVE HOW_MUCH LIST FROM TO
  StrCpy $R7 ${HOW_MUCH}
  StrCpy $R2 "${LIST}"
  StrCpy $R0 "${FROM}"
  StrCpy $R1 "${TO}"
  Call MoveListed
!macroend

Function MoveListed
  StrCpy $Held ""
  ${IfNot} ${FileExists} $R2
  ${AndIf} $R7 == ${WHAT_IS_THERE}
    Return
  ${EndIf}
  InitPluginsDir
  Delete "$PLUGINSDIR\list.txt"
  CopyFiles /SILENT $R2 "$PLUGINSDIR\list.txt" ; an open list could not move
  ClearErrors
  FileOpen $R3 "$PLUGINSDIR\list.txt" r
  ${If} ${Errors}
    StrCpy $Held $R2
    Return
  ${EndIf}
  ${Do}
    ClearErrors
    FileRead $R3 $R4
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} $R4 $R4
    StrCpy $R5 $R4 1 -1
    ${If} $R5 == "\"
      RMDir "$R0\$R4"
    ${ElseIf} $R4 != ""
      Call MoveOne
    ${EndIf}
  ${LoopUntil} $Held != ""
  FileClose $R3
  ClearErrors
FunctionEnd

; An antivirus often holds a new file for a moment: hence several tries, over 5 s.
Function MoveOne
  ${If} $R7 == ${WHAT_IS_THERE}
    ${IfNot} ${FileExists} "$R0\$R4"
    ${OrIf} ${FileExists} "$R0\$R4\*.*" ; a folder of somebody's, where a file is listed
    ${OrIf} ${FileExists} "$R1\$R4"
      Return
    ${EndIf}
  ${EndIf}
  ${GetParent} "$R1\$R4" $R5
  CreateDirectory $R5
  ${For} $R6 1 20
    ClearErrors
    Rename "$R0\$R4" "$R1\$R4"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 250
  ${Next}
  StrCpy $Held "$Folder\$R4"
FunctionEnd
