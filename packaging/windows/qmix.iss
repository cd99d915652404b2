; Inno Setup: the installer of the Windows bundle, for one person or for all. NOT YET TRIED.
;   iscc /DVersion=0.1.0 packaging\windows\qmix.iss
#ifndef Version
  #define Version "0.0.0"
#endif

[Setup]
AppId={{5C0B5B0E-7E4B-4C59-9F0B-2B5C3B7C9D41}
AppName=QMix
AppVersion={#Version}
DefaultDirName={autopf}\QMix
DefaultGroupName=QMix
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
OutputDir=..\..\dist
OutputBaseFilename=qmix-gui-{#Version}-windows-setup
SetupIconFile=..\..\build\qmix.ico
UninstallDisplayIcon={app}\qmix-gui.exe
LicenseFile=..\..\LICENSE
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
Name: "german"; MessagesFile: "compiler:Languages\German.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; nothing of an older version stays
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\qmix-gui\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\QMix"; Filename: "{app}\qmix-gui.exe"
Name: "{autodesktop}\QMix"; Filename: "{app}\qmix-gui.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\qmix-gui.exe"; Description: "{cm:LaunchProgram,QMix}"; Flags: nowait postinstall skipifsilent

[UninstallRun]
; the engine environment lies in the person's data folder
Filename: "{app}\qmix.exe"; Parameters: "engine remove"; Flags: runhidden; RunOnceId: "engine"
