; Files are put in place and removed by the list that comes with them, never by whole folders: an
; agent may have chosen a folder that holds notebooks. A line ends with \ for a folder, after all
; the files; a folder goes only when it is empty.

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

; Moves what $R1 lists from $Staging to $INSTDIR. The list itself comes last: until then, what is
; already there would not be known as ours, hence a first copy of it.
Function PlaceListed
  InitPluginsDir
  CopyFiles /SILENT $R1 "$PLUGINSDIR\new.txt"
  CreateDirectory "$INSTDIR\_internal"
  CopyFiles /SILENT $R1 "$INSTDIR\${LIST}"
  ClearErrors
  FileOpen $R2 "$PLUGINSDIR\new.txt" r
  ${Do}
    FileRead $R2 $R3
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} $R3 $R3
    StrCpy $R4 $R3 1 -1
    ${If} $R4 != "\"
      ${GetParent} "$INSTDIR\$R3" $R5
      CreateDirectory $R5
      Delete "$INSTDIR\$R3"
      ClearErrors
      Rename "$Staging\$R3" "$INSTDIR\$R3"
      ${If} ${Errors}
        FileClose $R2
        !insertmacro REFUSE ${CANNOT_WRITE} "$INSTDIR\$R3 n’a pas pu être remplacé. Fermez ce qui s’en sert, puis relancez l’installation."
      ${EndIf}
    ${EndIf}
  ${Loop}
  FileClose $R2
  ClearErrors
FunctionEnd
