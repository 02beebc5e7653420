; One version takes the place of another, or nothing changes. What is in the way of the new files
; moves to ${ASIDE}, then the new ones move in from ${STAGING}, their list last: while it is still in
; ${STAGING}, the swap is not done and can be undone, by this installation or by the next one.

!define STAGING "~installation"
!define ASIDE "~precedente"
!define ALL_ASIDE "${ASIDE}\~complet.txt" ; there from when the new files start to move in

!macro WHERE FOLDER
  StrCpy $Folder "${FOLDER}"
  StrCpy $Staging "${FOLDER}\${STAGING}"
  StrCpy $Aside "${FOLDER}\${ASIDE}"
!macroend

Function PutInPlace
  CreateDirectory "$Aside"
  !insertmacro MOVE ${WHAT_IS_THERE} "$Folder\${LIST}" "$Folder" "$Aside"
  ${If} $Held == ""
    ; what a version without its list left, and what it did not list
    !insertmacro MOVE ${WHAT_IS_THERE} "$Staging\${LIST}" "$Folder" "$Aside"
  ${EndIf}
  ${If} $Held == ""
    ClearErrors
    FileOpen $R3 "$Folder\${ALL_ASIDE}" w
    FileClose $R3
    ${If} ${Errors}
      StrCpy $Held "$Folder\${ALL_ASIDE}"
    ${Else}
      !insertmacro MOVE ${ALL_OF_IT} "$Staging\${LIST}" "$Staging" "$Folder"
    ${EndIf}
  ${EndIf}
  ${If} $Held != ""
    StrCpy $R8 $Held
    Call GoBack
    ${If} $Held == ""
      !insertmacro REFUSE ${CANNOT_WRITE} "$R8 n’a pas pu être remplacé : rien n’a été changé. Fermez ce qui s’en sert, ou attendez que l’antivirus ait fini, puis relancez l’installation."
    ${EndIf}
    !insertmacro REFUSE ${CANNOT_WRITE} "$R8 n’a pas pu être remplacé, et $Held n’a pas pu être remis en place. Fermez ce qui s’en sert, ou attendez que l’antivirus ait fini, puis relancez l’installation : elle remettra tout en ordre."
  ${EndIf}
  RMDir /r "$Staging"
  Call RemoveAside
FunctionEnd

; Undoes a swap that stopped anywhere, this one or that of an installation that was killed; of one
; that was done, only takes away what it left. Each step can be made again if it is cut short itself.
Function GoBack
  StrCpy $Held ""
  ${IfNot} ${FileExists} "$Aside\*.*"
    Return
  ${EndIf}
  ${If} ${FileExists} "$Staging\${LIST}"
    ${If} ${FileExists} "$Folder\${ALL_ASIDE}"
      !insertmacro MOVE ${WHAT_IS_THERE} "$Staging\${LIST}" "$Folder" "$Staging"
      ${If} $Held != ""
        Return
      ${EndIf}
      Delete "$Folder\${ALL_ASIDE}" ; from here on, what is in $Folder is the version before
    ${EndIf}
    !insertmacro MOVE ${WHAT_IS_THERE} "$Staging\${LIST}" "$Aside" "$Folder"
    ${If} $Held == ""
      ; the first list brought this one back
      !insertmacro MOVE ${WHAT_IS_THERE} "$Folder\${LIST}" "$Aside" "$Folder"
    ${EndIf}
    ${If} $Held != ""
      Return
    ${EndIf}
  ${EndIf}
  Call RemoveAside
FunctionEnd

Function Mend
  Call GoBack
  ${If} $Held != ""
    !insertmacro REFUSE ${CANNOT_WRITE} "Une installation précédente a été interrompue, et $Held n’a pas pu être remis en place. Fermez ce qui s’en sert, ou attendez que l’antivirus ait fini, puis relancez l’installation."
  ${EndIf}
FunctionEnd

; Only files that were listed have moved there.
Function RemoveAside
  ${For} $R6 1 20
    RMDir /r "$Aside"
    ${IfNot} ${FileExists} "$Aside\*.*"
      ${ExitFor}
    ${EndIf}
    Sleep 250
  ${Next}
  ClearErrors
FunctionEnd

; When the program changed folders: what is left of it in the one before.
Function RemoveElsewhere
  !insertmacro WHERE "$OldFolder"
  Call GoBack
  ${If} ${FileExists} "$Folder\${LIST}"
    StrCpy $R0 $Folder
    Call RemoveListedIn
    Delete "$Folder\uninstall.exe" ; older lists do not name it
    RMDir /r "$Staging"
    RMDir "$Folder"
  ${EndIf}
FunctionEnd
