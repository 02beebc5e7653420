; A double click on a notebook opens it. Windows lets the user choose another program afterwards.

!macro NOTIFY
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0x1000, p 0, p 0)'
!macroend

!macro ASSOCIATE
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "" "${SHOWN_NAME}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}" "FriendlyTypeName" "${SHOWN_NAME}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\DefaultIcon" "" "$INSTDIR\${NOTEBOOK_ICON}"
  WriteRegStr HKCU "${CLASSES}\${PROGID}\shell\open\command" "" '"$INSTDIR\${WINDOW}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.carnet" "" "${PROGID}"
  WriteRegStr HKCU "${CLASSES}\.carnet\OpenWithProgids" "${PROGID}" ""
  !insertmacro NOTIFY
!macroend

; Taken away only where it is still ours: another program may have taken .carnet since.
!macro DISSOCIATE
  ReadRegStr $0 HKCU "${CLASSES}\${PROGID}\shell\open\command" ""
  ${If} $0 == '"$INSTDIR\${WINDOW}" "%1"'
    ReadRegStr $0 HKCU "${CLASSES}\.carnet" ""
    ${If} $0 == "${PROGID}"
      DeleteRegValue HKCU "${CLASSES}\.carnet" ""
    ${EndIf}
    DeleteRegValue HKCU "${CLASSES}\.carnet\OpenWithProgids" "${PROGID}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.carnet\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.carnet"
    DeleteRegKey HKCU "${CLASSES}\${PROGID}"
    !insertmacro NOTIFY
  ${EndIf}
!macroend
