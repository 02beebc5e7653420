; What the .msi asks before it changes anything: 0 when nobody runs the program, 10 otherwise. It
; shows nothing and writes nothing; Windows Installer says the sentence.
Unicode true
Target amd64-unicode
Name "${SHOWN_NAME}"
OutFile "${OUT}"
RequestExecutionLevel user ; in no need of more, whoever started the installation
ManifestSupportedOS Win10
SilentInstall silent
SetCompressor /FINAL zlib

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1036 "ProductName" "${SHOWN_NAME}"
VIAddVersionKey /LANG=1036 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1036 "FileDescription" "Le programme est-il ouvert ?"
VIAddVersionKey /LANG=1036 "CompanyName" "${MANUFACTURER}"
VIAddVersionKey /LANG=1036 "LegalCopyright" "${MANUFACTURER} – EUPL-1.2"

; Another person's name can be seen and not opened: « access denied » means that it is there.
!macro LOOK_FOR MUTEX
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "${MUTEX}") p.r1 ?e'
  Pop $2
  StrCmp $1 0 +2
    Goto running
  StrCmp $2 5 running
!macroend

Section
  !insertmacro LOOK_FOR "Global\${MUTEX}"
  !insertmacro LOOK_FOR "Local\${MUTEX}"
  SetErrorLevel 0
  Return
running:
  SetErrorLevel 10
SectionEnd
