<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>About {rate} % of the labels look wrong as they came ({low}–{high} %)</source>
        <extracomment>A smaller share of wrong labels is no finding: it would be told as 0 %.</extracomment>
        <translation>Etwa {rate} % der Labels wirkten bei der Übernahme falsch ({low}–{high} %)</translation>
    </message>
    <message>
        <source>About {rate} % of the labels look wrong ({low}–{high} %)</source>
        <translation>Etwa {rate} % der Labels sehen falsch aus ({low}–{high} %)</translation>
    </message>
    <message>
        <source>No sign of wrong labels (at most {high} %)</source>
        <translation>Kein Anzeichen für falsche Labels (höchstens {high} %)</translation>
    </message>
    <message>
        <source>No sign of wrong labels</source>
        <translation>Kein Anzeichen für falsche Labels</translation>
    </message>
    <message>
        <source>: {doubted} labels are doubted, {unread} images are too poor to read</source>
        <translation>: {doubted} Labels sind zweifelhaft, {unread} Bilder sind zu schlecht lesbar</translation>
    </message>
    <message>
        <source>, {poor} % of the images too poor to read</source>
        <translation>, {poor} % der Bilder sind zu schlecht lesbar</translation>
    </message>
    <message>
        <source>; {corrected} corrected</source>
        <translation>; {corrected} korrigiert</translation>
    </message>
    <message>
        <source>{true} is labelled {given} in {share} % of its images</source>
        <translation>{true} trägt in {share} % seiner Bilder das Label {given}</translation>
    </message>
    <message>
        <source>No run has looked at the file&apos;s new content, so there is no verdict.</source>
        <extracomment>Below, a label that is doubted is still more likely right than wrong. A smaller part that a patient&apos;s other images have in a verdict is not worth a sentence. At most so many clean images of a class are compared when no reader has verified any. Loss and uncertainty of all images in the last epoch, each sorted.</extracomment>
        <translation>Noch kein Lauf hat den neuen Inhalt der Datei gesehen, daher gibt es kein Urteil.</translation>
    </message>
    <message>
        <source>Blind check: judge the image alone. The verdict is shown once you have decided.</source>
        <translation>Blindprüfung: Beurteilen Sie das Bild allein. Das Urteil erscheint nach Ihrer Entscheidung.</translation>
    </message>
    <message>
        <source>This image came without a label, so no run has looked at it. Give it one, and the next run learns from it.</source>
        <translation>Dieses Bild kam ohne Label, daher hat kein Lauf es gesehen. Geben Sie ihm eines, und der nächste Lauf lernt daraus.</translation>
    </message>
    <message>
        <source>No run has looked at this image yet, so there is no verdict.</source>
        <translation>Noch kein Lauf hat dieses Bild gesehen, daher gibt es kein Urteil.</translation>
    </message>
    <message>
        <source>That the label is wrong is {0}&#xa0;% likely by this image alone, and {1}&#xa0;% with the patient&apos;s other images.</source>
        <translation>Dass das Label falsch ist, ist nach diesem Bild allein zu {0}&#xa0;% wahrscheinlich, mit den anderen Bildern des Patienten zu {1}&#xa0;%.</translation>
    </message>
    <message>
        <source>Too poor to read, {0}&#xa0;% likely: whatever its label says, it cannot be checked.</source>
        <translation>Zu schlecht lesbar, zu {0}&#xa0;% wahrscheinlich: Was das Label auch sagt, es lässt sich nicht prüfen.</translation>
    </message>
    <message>
        <source>Image and label agree: {0}, {1}&#xa0;% likely.</source>
        <translation>Bild und Label stimmen überein: {0}, zu {1}&#xa0;% wahrscheinlich.</translation>
    </message>
    <message>
        <source>The label {0} is wrong, {1}&#xa0;% likely.</source>
        <translation>Das Label {0} ist falsch, zu {1}&#xa0;% wahrscheinlich.</translation>
    </message>
    <message>
        <source>Borderline: the label {0} is wrong with {1}&#xa0;%. If so, {2} is likeliest, {3}&#xa0;%.</source>
        <translation>Grenzfall: Das Label {0} ist zu {1}&#xa0;% falsch. Wenn ja, ist {2} am wahrscheinlichsten, {3}&#xa0;%.</translation>
    </message>
    <message>
        <source>Labelled {0}; looks like {1}, {2}&#xa0;%.</source>
        <translation>Gelabelt als {0}; sieht aus wie {1}, {2}&#xa0;%.</translation>
    </message>
    <message>
        <source>From the names of the class folders</source>
        <translation>Aus den Namen der Klassenordner</translation>
    </message>
    <message>
        <source>From the names of the class folders, with a folder for each split</source>
        <translation>Aus den Namen der Klassenordner, mit einem Ordner je Aufteilung</translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”</source>
        <translation>Aus {table}: Bilder in Spalte „{image}“, Labels in „{label}“</translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”, patients in “{patient}”</source>
        <translation>Aus {table}: Bilder in Spalte „{image}“, Labels in „{label}“, Patienten in „{patient}“</translation>
    </message>
    <message>
        <source>The decision log is sealed by hashes over names and times, so it cannot be without identities: export the scores instead, which have the state of each image.</source>
        <extracomment>Those that make a folder. Those in which columns of the input may stay.</extracomment>
        <translation>Das Entscheidungsprotokoll ist durch Hashes über Namen und Zeiten versiegelt und kann daher nicht ohne Identitäten sein: Exportieren Sie stattdessen die Bewertungen, die den Stand jedes Bildes enthalten.</translation>
    </message>
    <message>
        <source>What FiftyOne opens says where each image lies, so it cannot be without identities: export the cleaned folder instead, which FiftyOne opens as class folders.</source>
        <translation>Was FiftyOne öffnet, nennt den Ort jedes Bildes und kann daher nicht ohne Identitäten sein: Exportieren Sie stattdessen den bereinigten Ordner, den FiftyOne als Klassenordner öffnet.</translation>
    </message>
    <message>
        <source>What Label Studio imports says where each image lies, so it cannot be without identities: export the cleaned folder instead, or a package for second readers.</source>
        <translation>Was Label Studio importiert, nennt den Ort jedes Bildes und kann daher nicht ohne Identitäten sein: Exportieren Sie stattdessen den bereinigten Ordner oder ein Paket für Zweitleser.</translation>
    </message>
    <message>
        <source>{count} images are missing and not among them.</source>
        <translation>{count} Bilder fehlen und sind nicht darunter.</translation>
    </message>
    <message>
        <source>1 image is missing and not among them.</source>
        <translation>1 Bild fehlt und ist nicht darunter.</translation>
    </message>
    <message>
        <source>This place cannot have such links, so the images were copied.</source>
        <translation>An diesem Ort sind solche Verknüpfungen nicht möglich, daher wurden die Bilder kopiert.</translation>
    </message>
    <message>
        <source>{count} images could not be read and are not among them: {names}.</source>
        <translation>{count} Bilder waren nicht lesbar und sind nicht darunter: {names}.</translation>
    </message>
    <message>
        <source>{count} image could not be read and is not among them: {names}.</source>
        <translation>{count} Bild konnte nicht gelesen werden und ist nicht darunter: {names}.</translation>
    </message>
    <message>
        <source>The images are made anew, without what their files said beside the pixels.</source>
        <translation>Die Bilder sind neu erzeugt, ohne das, was ihre Dateien neben den Pixeln enthielten.</translation>
    </message>
    <message>
        <source>There may be text in the picture of {count} images: look at them.</source>
        <translation>In {count} Bildern steht möglicherweise Text: Sehen Sie sie an.</translation>
    </message>
    <message>
        <source>{count} images have 8 bits now, as the training sees them.</source>
        <translation>{count} Bilder haben jetzt 8 Bit, wie das Training sie sieht.</translation>
    </message>
    <message>
        <source>It names values of these columns: {columns}.</source>
        <translation>Darin stehen Werte dieser Spalten: {columns}.</translation>
    </message>
    <message>
        <source>The map could not be read: try again.</source>
        <translation>Die Karte war nicht lesbar: bitte noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The process that makes the map could not be started: {0}.</source>
        <translation>Der Prozess, der die Karte berechnet, konnte nicht gestartet werden: {0}.</translation>
    </message>
    <message>
        <source>The map could not be made (exit code {0}).</source>
        <translation>Die Karte konnte nicht berechnet werden (Rückgabewert {0}).</translation>
    </message>
    <message>
        <source>In no place does the image speak for {0}.</source>
        <translation>An keiner Stelle spricht das Bild für {0}.</translation>
    </message>
    <message>
        <source>What speaks for {0}: both networks averaged, over {1} × {2} places.</source>
        <translation>Was für {0} spricht: Mittel beider Netze, über {1} × {2} Stellen.</translation>
    </message>
    <message>
        <source>Columns of your table in it: {kept}.</source>
        <extracomment>In the project folder: who has it can compute the pseudonym of any image name. Columns that may be kept, too: of no input, but of the program. Key of the settings that holds the hash of the key, so that another key in its place is told. From this share of different values on, a column tells one row from another. Behind the name of a second reader where two have the same.</extracomment>
        <translation>Darin enthaltene Spalten Ihrer Tabelle: {kept}.</translation>
    </message>
    <message>
        <source>Nearly every row has its own value in {columns}: it can tell who it is.</source>
        <translation>Fast jede Zeile hat einen eigenen Wert in {columns}: Daran lässt sich erkennen, um wen es sich handelt.</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>kein Label</translation>
    </message>
    <message>
        <source>deleted class</source>
        <extracomment>On light and on dark ground; with the form of the point each of 24 classes has its own look. The order of BUCKETS; as the symbols of the buckets are elsewhere.</extracomment>
        <translation>gelöschte Klasse</translation>
    </message>
    <message>
        <source>no suggestion</source>
        <translation>kein Vorschlag</translation>
    </message>
    <message>
        <source>1 label corrected</source>
        <translation>1 Label korrigiert</translation>
    </message>
    <message>
        <source>{count} labels corrected</source>
        <translation>{count} Labels korrigiert</translation>
    </message>
    <message>
        <source>1 label confirmed</source>
        <translation>1 Label bestätigt</translation>
    </message>
    <message>
        <source>{count} labels confirmed</source>
        <translation>{count} Labels bestätigt</translation>
    </message>
    <message>
        <source>1 image left out</source>
        <translation>1 Bild weggelassen</translation>
    </message>
    <message>
        <source>{count} images left out</source>
        <translation>{count} Bilder weggelassen</translation>
    </message>
    <message>
        <source>Nothing was decided since the last training: the result will be much the same.</source>
        <translation>Seit dem letzten Training wurde nichts entschieden: Das Ergebnis wird fast dasselbe sein.</translation>
    </message>
    <message>
        <source>Since the last training: {what}.</source>
        <translation>Seit dem letzten Training: {what}.</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 Minute</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} Minuten</translation>
    </message>
    <message>
        <source>The last training took about {time}.</source>
        <translation>Das letzte Training dauerte etwa {time}.</translation>
    </message>
    <message>
        <source>about {time} on this computer&apos;s processor</source>
        <translation>etwa {time} auf dem Prozessor dieses Computers</translation>
    </message>
    <message>
        <source>{text} (a GPU is much faster)</source>
        <translation>{text} (mit GPU viel schneller)</translation>
    </message>
    <message>
        <source>It needs {memory} GB of memory and {cache} MB of disk.</source>
        <translation>Es braucht {memory} GB Arbeitsspeicher und {cache} MB auf der Festplatte.</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} Stunden</translation>
    </message>
    <message>
        <source>trained as a whole</source>
        <translation>als Ganzes trainiert</translation>
    </message>
    <message>
        <source>on {device}</source>
        <translation>auf {device}</translation>
    </message>
    <message>
        <source>on the computer {name}</source>
        <translation>auf dem Computer {name}</translation>
    </message>
    <message>
        <source>with the engine environment</source>
        <translation>mit der Umgebung der Engine</translation>
    </message>
    <message>
        <source>with another Python</source>
        <translation>mit einem anderen Python</translation>
    </message>
    <message>
        <source>vectors of {file}</source>
        <translation>Vektoren aus {file}</translation>
    </message>
    <message>
        <source>built-in network</source>
        <translation>eingebautes Netz</translation>
    </message>
    <message>
        <source>network {name}, weights from the internet</source>
        <translation>Netz {name}, Gewichte aus dem Internet</translation>
    </message>
    <message>
        <source>network {name} with {file}</source>
        <translation>Netz {name} mit {file}</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 Klasse</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} Klassen</translation>
    </message>
    <message>
        <source>Choose the weights of {encoder}</source>
        <translation>Die Gewichte von {encoder} wählen</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>Gewichte (*.pth *.pt *.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Not judged: there are too few images, or their faults cannot be told from what they show.</source>
        <extracomment>Written by a run: how it judged.</extracomment>
        <translation>Nicht beurteilt: Es sind zu wenige Bilder, oder ihre Fehler lassen sich nicht von dem unterscheiden, was sie zeigen.</translation>
    </message>
    <message>
        <source>Many images look unusual rather than poor: only the worst are called poor.</source>
        <translation>Viele Bilder wirken eher ungewöhnlich als schlecht: Nur die schlechtesten gelten als schlecht.</translation>
    </message>
    <message>
        <source>Most images of &apos;{label}&apos; are hazy: judged among themselves.</source>
        <translation>Die meisten Bilder von „{label}“ sind trüb: untereinander beurteilt.</translation>
    </message>
    <message>
        <source>The process that judges image quality could not be started: {0}.</source>
        <translation>Der Prozess, der die Bildqualität beurteilt, konnte nicht gestartet werden: {0}.</translation>
    </message>
    <message>
        <source>Image quality could not be judged (exit code {0}).</source>
        <translation>Die Bildqualität konnte nicht beurteilt werden (Exit-Code {0}).</translation>
    </message>
    <message>
        <source>The run that is shown has left too little to make a map of.</source>
        <extracomment>Why there is no map, or not the one that was wanted; a sentence.</extracomment>
        <translation>Der gezeigte Lauf hat zu wenig für eine Karte hinterlassen.</translation>
    </message>
    <message>
        <source>The process that arranges the images could not be started: {0}.</source>
        <translation>Der Prozess, der die Bilder anordnet, konnte nicht gestartet werden: {0}.</translation>
    </message>
    <message>
        <source>The images could not be arranged (exit code {0}).</source>
        <translation>Die Bilder konnten nicht angeordnet werden (Exit-Code {0}).</translation>
    </message>
    <message>
        <source>Another class is shown as “{0}” already: choose another name.</source>
        <translation>Eine andere Klasse wird bereits als „{0}“ angezeigt: Wählen Sie einen anderen Namen.</translation>
    </message>
</context>
<context>
    <name>AdjudicationBar</name>
    <message>
        <source>blind</source>
        <translation>blind</translation>
    </message>
    <message>
        <source>review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>imported label: {0}</source>
        <translation>gegebenes Label: {0}</translation>
    </message>
    <message>
        <source>Settled by {0}. Another decision takes its place.</source>
        <translation>Von {0} geklärt. Eine neue Entscheidung tritt an ihre Stelle.</translation>
    </message>
    <message>
        <source>Your decision settles this image, and says who read what.</source>
        <translation>Ihre Entscheidung klärt dieses Bild und hält fest, wer was befundet hat.</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>mehrdeutig</translation>
    </message>
    <message>
        <source>ungradable</source>
        <translation>nicht beurteilbar</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Agreement of the readers</source>
        <translation>Übereinstimmung der Befundenden</translation>
    </message>
    <message>
        <source>The classes are grades in this order: {0}</source>
        <translation>Die Klassen sind Grade in dieser Reihenfolge: {0}</translation>
    </message>
    <message>
        <source>Weighted kappa counts how far apart two grades are; it needs an order.</source>
        <translation>Das gewichtete Kappa zählt, wie weit zwei Grade auseinanderliegen; dazu braucht es eine Reihenfolge.</translation>
    </message>
    <message>
        <source>Pairs of readers</source>
        <translation>Paare von Befundenden</translation>
    </message>
    <message>
        <source>Classes of the pair</source>
        <translation>Klassen des Paars</translation>
    </message>
    <message>
        <source>Intervals are 95 %, from 2,000 draws of whole patients; there is none for fewer than {0} patients, or where nothing differs (then Wilson&apos;s for the agreement). n: images that both put into a class. Blind readers saw the image alone; whoever reviewed here saw label and verdict, which makes agreeing with the given labels easier.</source>
        <translation>Die Intervalle sind 95-%-Intervalle aus 2000 Ziehungen ganzer Patienten; es gibt keines bei weniger als {0} Patienten oder wo nichts abweicht (dann das nach Wilson für die Übereinstimmung). n: Bilder, die beide einer Klasse zugeordnet haben. Blind Befundende sahen allein das Bild; wer hier geprüft hat, sah Label und Urteil, was es leichter macht, den gegebenen Labels zuzustimmen.</translation>
    </message>
    <message>
        <source>List where they differ</source>
        <translation>Abweichende auflisten</translation>
    </message>
    <message>
        <source>Comparing the readers…</source>
        <translation>Die Befunde werden verglichen…</translation>
    </message>
    <message>
        <source>No two of them have looked at the same image.</source>
        <translation>Keine zwei haben dasselbe Bild angesehen.</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erste Person</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Zweite Person</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Weighted kappa</source>
        <translation>Gewichtetes Kappa</translation>
    </message>
    <message>
        <source>Ungradable</source>
        <translation>Nicht beurteilbar</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Weggelassen</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>blind</translation>
    </message>
    <message>
        <source>review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Images that the first, the second, and both called ungradable</source>
        <translation>Bilder, die die erste, die zweite und beide Personen nicht beurteilbar nannten</translation>
    </message>
    <message>
        <source>Images that one of them called ambiguous or ungradable</source>
        <translation>Bilder, die eine der beiden Personen mehrdeutig oder nicht beurteilbar nannte</translation>
    </message>
    <message>
        <source>By class: {0} and {1}</source>
        <translation>Nach Klassen: {0} und {1}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Kappa of the class</source>
        <translation>Kappa der Klasse</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>nicht definiert</translation>
    </message>
</context>
<context>
    <name>AttentionMaps</name>
    <message>
        <source>Computing what speaks for {0}…</source>
        <extracomment>Whoever pages on wants no process for each image in between; in ms.</extracomment>
        <translation>Was für {0} spricht, wird berechnet…</translation>
    </message>
    <message>
        <source>No run has looked at the file&apos;s new content, so there is no map.</source>
        <translation>Noch kein Lauf hat den neuen Inhalt der Datei gesehen, daher gibt es keine Karte.</translation>
    </message>
    <message>
        <source>Blind check: the map is shown once you have decided.</source>
        <translation>Blindprüfung: Die Karte erscheint nach Ihrer Entscheidung.</translation>
    </message>
    <message>
        <source>No run has looked at this image yet, so there is no map.</source>
        <translation>Noch kein Lauf hat dieses Bild gesehen, daher gibt es keine Karte.</translation>
    </message>
    <message>
        <source>The run suggests no class for this image, so there is no map.</source>
        <translation>Der Lauf schlägt für dieses Bild keine Klasse vor, daher gibt es keine Karte.</translation>
    </message>
</context>
<context>
    <name>AttentionRow</name>
    <message>
        <source>The attention map is being computed</source>
        <translation>Die Aufmerksamkeitskarte wird berechnet</translation>
    </message>
    <message>
        <source>little</source>
        <translation>wenig</translation>
    </message>
    <message>
        <source>much</source>
        <translation>viel</translation>
    </message>
</context>
<context>
    <name>BackgroundJob</name>
    <message>
        <source>Unexpected error: {error}</source>
        <translation>Unerwarteter Fehler: {error}</translation>
    </message>
</context>
<context>
    <name>BlindCheckBox</name>
    <message>
        <source>Progress and trust</source>
        <translation>Fortschritt und Vertrauen</translation>
    </message>
    <message>
        <source>Mix in blind checks</source>
        <translation>Blindprüfungen einmischen</translation>
    </message>
    <message>
        <source>Puts {0} random images of Clean and {1} of each other bucket among the next ones. Their verdict is hidden until you have decided, so they tell how often a bucket is right, of so many checks. The ranges are 95 % Wilson intervals; the errors still expected are the share of faulty checks times the images left. Stop when that number is small enough for your purpose. Ambiguous answers do not count.</source>
        <translation>Mischt {0} zufällige saubere Bilder und {1} aus jeder anderen Gruppe unter die nächsten. Ihr Urteil ist verborgen, bis Sie entschieden haben; so zeigen sie, wie oft eine Gruppe bei so vielen Prüfungen recht hat. Die Bereiche sind 95-%-Intervalle nach Wilson; die noch erwarteten Fehler sind der Anteil fehlerhafter Prüfungen mal die übrigen Bilder. Hören Sie auf, wenn diese Zahl für Ihren Zweck klein genug ist. Mehrdeutige Antworten zählen nicht.</translation>
    </message>
    <message>
        <source>{0} {1} reviewed, {2} left</source>
        <translation>{0} {1} geprüft, {2} übrig</translation>
    </message>
    <message>
        <source>    right {0} of {1}</source>
        <translation>    richtig {0} von {1}</translation>
    </message>
    <message>
        <source>Blind checks tell how many wrong labels were missed</source>
        <translation>Blindprüfungen sagen, wie viele falsche Labels entgangen sind</translation>
    </message>
    <message>
        <source>Errors still expected:
{0} ({1} to {2})</source>
        <translation>Noch erwartete Fehler:
{0} ({1} bis {2})</translation>
    </message>
</context>
<context>
    <name>BorderStrip</name>
    <message>
        <source>The best of the poor ones</source>
        <extracomment>On either side.</extracomment>
        <translation>Die besten der schlechten</translation>
    </message>
    <message>
        <source>The poorest of the others</source>
        <translation>Die schlechtesten der übrigen</translation>
    </message>
</context>
<context>
    <name>BrushTools</name>
    <message>
        <source>Box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Draw a rectangle to list only the images inside</source>
        <translation>Ein Rechteck ziehen, um nur die Bilder darin aufzulisten</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Draw a line around images to list only those</source>
        <translation>Eine Linie um Bilder ziehen, um nur diese aufzulisten</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Zoom out to all images</source>
        <translation>Auf alle Bilder herauszoomen</translation>
    </message>
</context>
<context>
    <name>BucketLegend</name>
    <message>
        <source>Image and label agree.</source>
        <translation>Bild und Label passen zusammen.</translation>
    </message>
    <message>
        <source>The picture shows another class: correct the label.</source>
        <translation>Das Bild zeigt eine andere Klasse: das Label korrigieren.</translation>
    </message>
    <message>
        <source>Too poor to read: leave it out, take it again, or keep it.</source>
        <translation>Zu schlecht lesbar: weglassen, neu aufnehmen oder behalten.</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>the built-in network</source>
        <translation>das eingebaute Netz</translation>
    </message>
</context>
<context>
    <name>ClassesDialog</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Merge the class into</source>
        <extracomment>What was made here: a change of the classes, or a class and what it was shown as.</extracomment>
        <translation>Die Klasse zusammenführen mit</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>Angezeigt als</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>Gegebenes Label</translation>
    </message>
    <message>
        <source>Kept now</source>
        <translation>Jetzt behalten</translation>
    </message>
    <message>
        <source>Double-click a cell, or press F2, to change it. “Class” is the value that is exported; “Shown as” is for the screen alone. The files stay as they are.</source>
        <translation>Doppelklick auf eine Zelle oder F2 ändert sie. „Klasse“ ist der Wert, der exportiert wird; „Angezeigt als“ gilt nur für den Bildschirm. Die Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>Zusammenführen mit…</translation>
    </message>
    <message>
        <source>Exported and shown as “{0}”.</source>
        <translation>Exportiert und angezeigt als „{0}“.</translation>
    </message>
    <message>
        <source>Exported as “{0}”, shown as “{1}”.</source>
        <translation>Exportiert als „{0}“, angezeigt als „{1}“.</translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” become “{new}”</source>
        <translation>{images} Bilder mit dem Label „{name}“ werden „{new}“</translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” are excluded</source>
        <translation>{images} Bilder mit dem Label „{name}“ werden ausgeschlossen</translation>
    </message>
    <message>
        <source> ({0} of them excluded or to re-take already)</source>
        <translation> (davon {0} schon ausgeschlossen oder neu aufzunehmen)</translation>
    </message>
    <message>
        <source>; decisions that name it: {0}.</source>
        <translation>; Entscheidungen, die sie nennen: {0}.</translation>
    </message>
    <message>
        <source>Exports say “{0}” then.</source>
        <translation>Exporte enthalten dann „{0}“.</translation>
    </message>
    <message>
        <source>Suggestions follow; retrain to judge by the new classes.</source>
        <translation>Vorschläge folgen; für ein Urteil mit den neuen Klassen neu trainieren.</translation>
    </message>
    <message>
        <source>“{name}” is called “{new}” now.</source>
        <translation>„{name}“ heißt jetzt „{new}“.</translation>
    </message>
    <message>
        <source>“{name}” was merged into “{new}”.</source>
        <translation>„{name}“ wurde mit „{new}“ zusammengeführt.</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>„{name}“ wurde gelöscht.</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back.</source>
        <translation>Strg+Z macht es rückgängig.</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>Hier wurde nichts geändert.</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>Rückgängig gemacht.</translation>
    </message>
    <message>
        <source>A change of the classes was undone.</source>
        <translation>Eine Änderung der Klassen wurde rückgängig gemacht.</translation>
    </message>
</context>
<context>
    <name>ColumnBox</name>
    <message>
        <source>Columns of the table</source>
        <translation>Spalten der Tabelle</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>What changed</source>
        <translation>Was sich geändert hat</translation>
    </message>
    <message>
        <source>Run {after} against run {before}</source>
        <translation>Lauf {after} gegen Lauf {before}</translation>
    </message>
    <message>
        <source>List these images</source>
        <translation>Diese Bilder auflisten</translation>
    </message>
    <message>
        <source>{count} images changed their bucket, {other} have a new suggestion.</source>
        <translation>{count} Bilder haben die Gruppe gewechselt, {other} haben einen neuen Vorschlag.</translation>
    </message>
    <message>
        <source>Of {verified} images you verified, the suggestion now agrees with you on {after}; before it was {before}.</source>
        <translation>Von {verified} Bildern, die Sie geprüft haben, stimmt der Vorschlag jetzt bei {after} mit Ihnen überein; vorher waren es {before}.</translation>
    </message>
    <message>
        <source>{count} excluded or missing images were left out of the new run.</source>
        <translation>{count} ausgeschlossene oder fehlende Bilder wurden im neuen Lauf weggelassen.</translation>
    </message>
    <message>
        <source>Images by bucket before and after</source>
        <translation>Bilder je Gruppe vorher und nachher</translation>
    </message>
    <message>
        <source>before ↓   after →</source>
        <translation>vorher ↓   nachher →</translation>
    </message>
    <message>
        <source>Images that changed their bucket</source>
        <translation>Bilder, die die Gruppe gewechselt haben</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
</context>
<context>
    <name>CountTable</name>
    <message>
        <source>now</source>
        <extracomment>A lower AUROC is said to be little.</extracomment>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>with this</source>
        <translation>damit</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>The error keeps coming back ({count} times): close QMix and start it again.</source>
        <extracomment>Quoted, else from the first slash of a path, else one word: names may be those of patients. So often while its dialog is open, an error is no accident any more.</extracomment>
        <translation>Der Fehler kehrt immer wieder ({count}-mal): QMix bitte schließen und neu starten.</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>Unerwarteter Fehler</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte schiefgehen dürfen.</translation>
    </message>
    <message>
        <source>Every decision made so far is saved; it is safe to go on or to restart.</source>
        <translation>Alle bisherigen Entscheidungen sind gespeichert; Sie können weiterarbeiten oder neu starten.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
</context>
<context>
    <name>DatasetWatcher</name>
    <message>
        <source>Reading every file…</source>
        <extracomment>Unreadable images come in crowds: the files are scanned once after them; in ms. A drive that takes longer for a first look may be dead; in ms.</extracomment>
        <translation>Jede Datei wird gelesen…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Wait for the training to end, then find the folder.</source>
        <translation>Warten Sie das Ende des Trainings ab, und suchen Sie dann den Ordner.</translation>
    </message>
    <message>
        <source>Looking for the images in {folder}…</source>
        <translation>Die Bilder werden in {folder} gesucht…</translation>
    </message>
    <message>
        <source>{text} {done} of {total}</source>
        <translation>{text} {done} von {total}</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Einzelheiten…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>{0} images altered</source>
        <translation>{0} Bilder verändert</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>{0} neu</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>{0} fehlen</translation>
    </message>
    <message>
        <source>{0} renamed</source>
        <translation>{0} umbenannt</translation>
    </message>
    <message>
        <source>Since the project last saw its files: {0}.</source>
        <translation>Seit das Projekt seine Dateien zuletzt sah: {0}.</translation>
    </message>
    <message>
        <source>The images are not at {0} any more. Connect the drive, or find their folder; you can also drop it here. Decisions made so far are safe.</source>
        <translation>Die Bilder sind nicht mehr in {0}. Schließen Sie das Laufwerk an, oder suchen Sie ihren Ordner; Sie können ihn auch hier ablegen. Die bisherigen Entscheidungen sind sicher.</translation>
    </message>
    <message>
        <source>{0} answers slowly, or not at all. If the images are elsewhere now, find their folder; you can also drop it here.</source>
        <translation>{0} antwortet langsam oder gar nicht. Sind die Bilder jetzt woanders, suchen Sie ihren Ordner; Sie können ihn auch hier ablegen.</translation>
    </message>
    <message>
        <source>Find folder…</source>
        <translation>Ordner suchen…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut nachsehen</translation>
    </message>
    <message>
        <source>Where are the images now?</source>
        <translation>Wo sind die Bilder jetzt?</translation>
    </message>
    <message>
        <source>{root}: {matched} of {total} images match, {altered} have other content, {missing} are not there.</source>
        <translation>{root}: {matched} von {total} Bildern stimmen überein, {altered} haben anderen Inhalt, {missing} fehlen.</translation>
    </message>
    <message>
        <source>Images with other content would be marked as altered.</source>
        <translation>Bilder mit anderem Inhalt würden als verändert markiert.</translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation>Trotzdem verwenden</translation>
    </message>
    <message>
        <source>The images are read from {0} now.</source>
        <translation>Die Bilder werden jetzt aus {0} gelesen.</translation>
    </message>
    <message>
        <source>{0} altered images were accepted, unreviewed. Retrain to judge them.</source>
        <translation>{0} veränderte Bilder wurden übernommen, ungeprüft. Für ihr Urteil neu trainieren.</translation>
    </message>
    <message>
        <source>{0} images were added, unreviewed. Retrain to judge them.</source>
        <translation>{0} Bilder wurden hinzugefügt, ungeprüft. Für ihr Urteil neu trainieren.</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Accept</source>
        <extracomment>More classes scroll, so that the decisions below them stay in sight.</extracomment>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Keep label</source>
        <translation>Label behalten</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation>Neu aufnehmen</translation>
    </message>
    <message>
        <source>Keep, poor</source>
        <translation>Behalten, schlecht</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>Mehrdeutig</translation>
    </message>
    <message>
        <source>Image fine</source>
        <translation>Bild gut</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>DecisionController</name>
    <message>
        <source>This image was reviewed already: press the key again to change that.</source>
        <extracomment>Decisions that a reason may be given for, and the state they lead to.</extracomment>
        <translation>Dieses Bild wurde schon geprüft: Drücken Sie die Taste erneut, um das zu ändern.</translation>
    </message>
    <message>
        <source>That was the last image of this list.</source>
        <translation>Das war das letzte Bild dieser Liste.</translation>
    </message>
    <message>
        <source>Note on {0}.</source>
        <translation>Notiz zu {0}.</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>Nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>Nichts wiederherzustellen.</translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation>Kein Bild ist ausgewählt.</translation>
    </message>
    <message>
        <source>The image was not on the screen yet: press the key again.</source>
        <translation>Das Bild war noch nicht zu sehen: Taste noch einmal drücken.</translation>
    </message>
    <message>
        <source>The label of a blind check is hidden: choose a label yourself.</source>
        <translation>Das Label einer Blindprüfung ist verborgen: Wählen Sie selbst ein Label.</translation>
    </message>
    <message>
        <source>There is no suggestion: no run has seen it, or its class was deleted.</source>
        <translation>Es gibt keinen Vorschlag: Kein Lauf hat das Bild gesehen, oder die Klasse wurde gelöscht.</translation>
    </message>
    <message>
        <source>The suggestion of a blind check is hidden: choose a label yourself.</source>
        <translation>Der Vorschlag einer Blindprüfung ist verborgen: Wählen Sie selbst ein Label.</translation>
    </message>
    <message>
        <source>the change of the class {0}</source>
        <translation>die Änderung der Klasse {0}</translation>
    </message>
    <message>
        <source>Decided on {0} images.</source>
        <translation>Über {0} Bilder entschieden.</translation>
    </message>
    <message>
        <source>Image quality fine - {0}</source>
        <translation>Bildqualität in Ordnung - {0}</translation>
    </message>
    <message>
        <source>Keep the given labels of {0} images?</source>
        <translation>Die gegebenen Labels von {0} Bildern behalten?</translation>
    </message>
    <message>
        <source>Exclude {0} images?</source>
        <translation>{0} Bilder ausschließen?</translation>
    </message>
    <message>
        <source>Ask for a re-take of {0} images?</source>
        <translation>Für {0} Bilder eine neue Aufnahme anfordern?</translation>
    </message>
    <message>
        <source>Keep {0} images as poor ones?</source>
        <translation>{0} Bilder als schlechte behalten?</translation>
    </message>
    <message>
        <source>Call the quality of {0} images fine?</source>
        <translation>Die Qualität von {0} Bildern gut nennen?</translation>
    </message>
    <message>
        <source>Mark {0} images as ambiguous?</source>
        <translation>{0} Bilder als mehrdeutig markieren?</translation>
    </message>
    <message>
        <source>Accept the suggestions for {0} images?</source>
        <translation>Die Vorschläge für {0} Bilder annehmen?</translation>
    </message>
    <message>
        <source>Label {0} images as {1}?</source>
        <translation>{0} Bildern das Label {1} geben?</translation>
    </message>
    <message>
        <source>{0} of them were reviewed before.</source>
        <translation>{0} davon wurden schon geprüft.</translation>
    </message>
    <message>
        <source>Yes, all {0}</source>
        <translation>Ja, alle {0}</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop zone for a dataset or project</source>
        <translation>Ablagefläche für einen Datensatz oder ein Projekt</translation>
    </message>
    <message>
        <source>Drop a dataset or project here</source>
        <translation>Datensatz oder Projekt hier ablegen</translation>
    </message>
    <message>
        <source>A folder with one sub-folder per class, a CSV or TSV table that names images and labels, or a .qmix project folder</source>
        <translation>Ein Ordner mit einem Unterordner je Klasse, eine CSV- oder TSV-Tabelle mit Bildern und Labels, oder ein .qmix-Projektordner</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be dropped.</source>
        <translation>Nur Dateien und Ordner dieses Computers können abgelegt werden.</translation>
    </message>
    <message>
        <source>Let go to open the project {name}</source>
        <translation>Loslassen, um das Projekt {name} zu öffnen</translation>
    </message>
    <message>
        <source>Let go to check {name}</source>
        <translation>Loslassen, um {name} zu prüfen</translation>
    </message>
</context>
<context>
    <name>EmbeddingPlot</name>
    <message>
        <source>Map of the images</source>
        <extracomment>Kind of the subset that is drawn here. Whoever decides or pages quickly is not kept by the painting of 100,000 points; in ms.</extracomment>
        <translation>Karte der Bilder</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>Gegebenes Label</translation>
    </message>
    <message>
        <source>Suggested label</source>
        <translation>Vorgeschlagenes Label</translation>
    </message>
    <message>
        <source>What the colours of the map say</source>
        <translation>Was die Farben der Karte bedeuten</translation>
    </message>
    <message>
        <source>The images are being arranged by likeness</source>
        <translation>Die Bilder werden nach Ähnlichkeit angeordnet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>{0} images</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>By likeness, images that are alike lie side by side; by the main differences, distances mean more, but groups may lie over each other.</source>
        <translation>Nach Ähnlichkeit liegen ähnliche Bilder nebeneinander; nach den Hauptunterschieden sagen Abstände mehr aus, aber Gruppen können übereinander liegen.</translation>
    </message>
    <message>
        <source>Placing the images…</source>
        <translation>Bilder werden platziert…</translation>
    </message>
    <message>
        <source>The map of the images appears here once a run has finished.</source>
        <translation>Die Karte der Bilder erscheint hier, sobald ein Lauf beendet ist.</translation>
    </message>
    <message>
        <source>The run that is shown has left nothing to place the images by. A new run will.</source>
        <translation>Der gezeigte Lauf hat nichts hinterlassen, wonach die Bilder platziert werden könnten. Ein neuer Lauf tut das.</translation>
    </message>
    <message>
        <source>Arrange by main differences</source>
        <translation>Nach Hauptunterschieden anordnen</translation>
    </message>
    <message>
        <source>Arrange by likeness</source>
        <translation>Nach Ähnlichkeit anordnen</translation>
    </message>
    <message>
        <source>Arrange by likeness (about a minute)</source>
        <translation>Nach Ähnlichkeit anordnen (etwa eine Minute)</translation>
    </message>
    <message>
        <source>hollow: decided</source>
        <translation>hohl: entschieden</translation>
    </message>
    <message>
        <source>{0} on the map</source>
        <translation>{0} auf der Karte</translation>
    </message>
</context>
<context>
    <name>EngineDialog</name>
    <message>
        <source>Use this computer&apos;s GPU</source>
        <translation>Die GPU dieses Computers verwenden</translation>
    </message>
    <message>
        <source>From the internet</source>
        <translation>Aus dem Internet</translation>
    </message>
    <message>
        <source>From a folder of wheels, without a network</source>
        <translation>Aus einem Ordner mit Wheels, ohne Netzwerk</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the folder of wheels</source>
        <translation>Den Ordner mit Wheels wählen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Dieser Computer wird geprüft…</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>The engine has an environment of its own</source>
        <translation>Die Engine hat eine eigene Umgebung</translation>
    </message>
    <message>
        <source>Give the engine an environment of its own</source>
        <translation>Der Engine eine eigene Umgebung geben</translation>
    </message>
    <message>
        <source>It holds the torch that this computer&apos;s GPU needs ({gpu}). Your own Python stays as it is, and no image leaves this computer.</source>
        <translation>Sie enthält das torch, das die GPU dieses Computers braucht ({gpu}). Ihr eigenes Python bleibt, wie es ist, und kein Bild verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>It holds a torch of its own. No driver of an NVIDIA GPU was found here: it would compute on the processor.</source>
        <translation>Sie enthält ein eigenes torch. Hier wurde kein Treiber einer NVIDIA-GPU gefunden: Sie würde auf dem Prozessor rechnen.</translation>
    </message>
    <message>
        <source>To be downloaded: about {size} GB, some minutes on a fast line.</source>
        <translation>Herunterzuladen: etwa {size} GB, einige Minuten bei schneller Leitung.</translation>
    </message>
    <message>
        <source>Nothing is downloaded: the wheels of {folder} are used.</source>
        <translation>Nichts wird heruntergeladen: Die Wheels aus {folder} werden verwendet.</translation>
    </message>
    <message>
        <source>On the disk: up to {size} GB in {folder}; {free} GB are free there.</source>
        <translation>Auf der Festplatte: bis zu {size} GB in {folder}; dort sind {free} GB frei.</translation>
    </message>
    <message>
        <source>By way of the proxy {proxy}.</source>
        <translation>Über den Proxy {proxy}.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Ordner mit Wheels</translation>
    </message>
    <message>
        <source>The engine environment is being made…</source>
        <translation>Die Umgebung der Engine wird angelegt…</translation>
    </message>
    <message>
        <source>You can close this and go on working: Help &gt; This computer… leads back to it. An environment that is there stays until the new one has computed.</source>
        <translation>Sie können dies schließen und weiterarbeiten: Hilfe &gt; Dieser Computer… führt zurück. Eine vorhandene Umgebung bleibt, bis die neue gerechnet hat.</translation>
    </message>
    <message>
        <source>{step}: {size} MB so far</source>
        <translation>{step}: bisher {size} MB</translation>
    </message>
    <message>
        <source>Stopping, and removing what was made so far…</source>
        <translation>Wird abgebrochen, und das bisher Angelegte wird entfernt…</translation>
    </message>
    <message>
        <source>The trainings on this computer run with it now.</source>
        <translation>Die Trainings auf diesem Computer laufen ab jetzt mit ihr.</translation>
    </message>
    <message>
        <source>It computes on the processor: no GPU was found that its torch can use. Help &gt; This computer… says what is missing.</source>
        <translation>Sie rechnet auf dem Prozessor: Es wurde keine GPU gefunden, die ihr torch nutzen kann. Hilfe &gt; Dieser Computer… sagt, was fehlt.</translation>
    </message>
    <message>
        <source>The engine environment is ready</source>
        <translation>Die Umgebung der Engine ist bereit</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The engine environment could not be made</source>
        <translation>Die Umgebung der Engine konnte nicht angelegt werden</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Nothing of it is left on the disk.</source>
        <translation>Auf der Festplatte ist nichts davon geblieben.</translation>
    </message>
    <message>
        <source>The making was stopped</source>
        <translation>Das Anlegen wurde abgebrochen</translation>
    </message>
</context>
<context>
    <name>EngineMaking</name>
    <message>
        <source>The making could not be started: {reason}.</source>
        <extracomment>How long the child may take to remove what it has made so far, before it is killed.</extracomment>
        <translation>Das Anlegen konnte nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>The making ended with exit code {code}: try again.</source>
        <translation>Das Anlegen endete mit Exit-Code {code}: Versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>EnginePart</name>
    <message>
        <source>Use it for the trainings on this computer</source>
        <translation>Für die Trainings auf diesem Computer verwenden</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the engine environment</source>
        <translation>Die Umgebung der Engine entfernen</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>Umgebung der Engine</translation>
    </message>
    <message>
        <source>Remove the engine environment?</source>
        <translation>Die Umgebung der Engine entfernen?</translation>
    </message>
    <message>
        <source>Trainings run with QMix&apos;s own Python then. It can be made again.</source>
        <translation>Trainings laufen dann mit dem eigenen Python von QMix. Sie kann neu angelegt werden.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Update…</source>
        <translation>Aktualisieren…</translation>
    </message>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>Die GPU dieses Computers verwenden…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Without identities</source>
        <translation>Ohne Identitäten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zu schreibende Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Images, patients and people get pseudonyms; notes, reasons and times are left out, and all columns of your table that you do not tick. Images of a folder are made anew from their pixels; a report has none.</source>
        <translation>Bilder, Patienten und Personen erhalten Pseudonyme; Notizen, Gründe und Zeiten entfallen, ebenso alle Spalten Ihrer Tabelle, die Sie nicht ankreuzen. Bilder eines Ordners werden aus ihren Pixeln neu erzeugt; ein Bericht enthält keine.</translation>
    </message>
    <message>
        <source>With pictures of some images</source>
        <translation>Mit Abbildungen einiger Bilder</translation>
    </message>
    <message>
        <source>How the images come into the folder</source>
        <translation>Wie die Bilder in den Ordner kommen</translation>
    </message>
    <message>
        <source>Copy the images</source>
        <translation>Die Bilder kopieren</translation>
    </message>
    <message>
        <source>Hard links (no space, same files)</source>
        <translation>Harte Links (kein Platz, dieselben Dateien)</translation>
    </message>
    <message>
        <source>Symbolic links (break when the originals move)</source>
        <translation>Symbolische Links (brechen, wenn die Originale umziehen)</translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation>Das Ziel wählen</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>Den Export abbrechen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder to make</source>
        <translation>Anzulegender Ordner</translation>
    </message>
    <message>
        <source>Make the folder in</source>
        <translation>Den Ordner anlegen in</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Exports (*.csv *.tsv *.txt *.xlsx *.html);;All files (*)</source>
        <translation>Exporte (*.csv *.tsv *.txt *.xlsx *.html);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{name} is there already, and it is no export of this window or was changed since.</source>
        <translation>{name} ist schon da und stammt nicht aus diesem Fenster oder wurde seither geändert.</translation>
    </message>
    <message>
        <source>The report on {images}</source>
        <translation>Der Bericht über {images}</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} Zeilen</translation>
    </message>
    <message>
        <source>Written to {name}: {what}.</source>
        <translation>In {name} geschrieben: {what}.</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>Abgebrochen: Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>ExportKinds</name>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Needs a finished training run.</source>
        <translation>Braucht einen fertigen Trainingslauf.</translation>
    </message>
</context>
<context>
    <name>EyeViewer</name>
    <message>
        <source>Other eye</source>
        <translation>Anderes Auge</translation>
    </message>
    <message>
        <source>Example</source>
        <extracomment>Of the given class, and of the suggested one.</extracomment>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>Other eye: {0}, given label {1}</source>
        <translation>Anderes Auge: {0}, gegebenes Label {1}</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>no other eye</source>
        <translation>kein anderes Auge</translation>
    </message>
    <message>
        <source>no example</source>
        <translation>kein Beispiel</translation>
    </message>
    <message>
        <source>OD · right eye</source>
        <translation>OD · rechtes Auge</translation>
    </message>
    <message>
        <source>OS · left eye</source>
        <translation>OS · linkes Auge</translation>
    </message>
    <message>
        <source>{0}, verified</source>
        <translation>{0}, bestätigt</translation>
    </message>
    <message>
        <source>{0}, not yet verified</source>
        <translation>{0}, noch nicht bestätigt</translation>
    </message>
</context>
<context>
    <name>FileEditor</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose: {option}</source>
        <translation>Wählen: {option}</translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>FilesDialog</name>
    <message>
        <source>Files of the dataset</source>
        <translation>Dateien des Datensatzes</translation>
    </message>
    <message>
        <source>What changed in the dataset</source>
        <translation>Was sich im Datensatz geändert hat</translation>
    </message>
    <message>
        <source>Files can be accepted and added once the training has ended.</source>
        <translation>Dateien können übernommen und hinzugefügt werden, sobald das Training beendet ist.</translation>
    </message>
    <message>
        <source>Altered: {count}</source>
        <translation>Verändert: {count}</translation>
    </message>
    <message>
        <source>The file has other content than the project knows. Not trained on.</source>
        <translation>Die Datei hat anderen Inhalt, als das Projekt kennt. Nicht im Training.</translation>
    </message>
    <message>
        <source>Missing: {count}</source>
        <translation>Fehlend: {count}</translation>
    </message>
    <message>
        <source>Decisions are kept. Not trained on, not in the cleaned table.</source>
        <translation>Entscheidungen bleiben. Nicht im Training, nicht in der bereinigten Tabelle.</translation>
    </message>
    <message>
        <source>Renamed: {count}</source>
        <translation>Umbenannt: {count}</translation>
    </message>
    <message>
        <source>Found by their content. Verdicts, decisions and given labels go along.</source>
        <translation>Am Inhalt erkannt. Urteile, Entscheidungen und gegebene Labels gehen mit.</translation>
    </message>
    <message>
        <source>New: {count}</source>
        <translation>Neu: {count}</translation>
    </message>
    <message>
        <source>Not in the project until you add them; without verdict until the next run.</source>
        <translation>Nicht im Projekt, bis Sie sie hinzufügen; ohne Urteil bis zum nächsten Lauf.</translation>
    </message>
    <message>
        <source>Cannot be added</source>
        <translation>Kann nicht hinzugefügt werden</translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation>Nichts hat sich geändert.</translation>
    </message>
    <message>
        <source>The content of {count} files was not read: check every file to be sure.</source>
        <translation>Der Inhalt von {count} Dateien wurde nicht gelesen: Prüfen Sie jede Datei, um sicher zu sein.</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>Show in the gallery</source>
        <translation>In der Galerie zeigen</translation>
    </message>
    <message>
        <source>Take the new content in</source>
        <translation>Neuen Inhalt übernehmen</translation>
    </message>
    <message>
        <source>Add the new images</source>
        <translation>Neue Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Check every file</source>
        <translation>Jede Datei prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>What comes next</source>
        <translation>Was als Nächstes kommt</translation>
    </message>
</context>
<context>
    <name>FindingPane</name>
    <message>
        <source>The right label is</source>
        <translation>Das richtige Label ist</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>nicht entschieden</translation>
    </message>
    <message>
        <source>The first image gets it, its copies are left out.</source>
        <translation>Das erste Bild erhält es, seine Kopien werden weggelassen.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message>
        <source>Keep one of each</source>
        <translation>Je eines behalten</translation>
    </message>
    <message>
        <source>Leave all out</source>
        <translation>Alle weglassen</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>Alle behalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{count} of {total} images are left out.</source>
        <translation>{count} von {total} Bildern werden weggelassen.</translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>{name} and {count} more</source>
        <extracomment>A picture of 72 pixels and three lines beside it. Kinds with one sentence on many files, which get a row each.</extracomment>
        <translation>{name} und {count} weitere</translation>
    </message>
    <message>
        <source>✓ label {label}</source>
        <translation>✓ Label {label}</translation>
    </message>
    <message>
        <source>✕ {count} left out</source>
        <translation>✕ {count} weggelassen</translation>
    </message>
</context>
<context>
    <name>FoundSoFar</name>
    <message>
        <source>Show the first results</source>
        <translation>Die ersten Ergebnisse zeigen</translation>
    </message>
    <message>
        <source>The first results are there. They change until the training ends.</source>
        <translation>Die ersten Ergebnisse sind da. Sie ändern sich, bis das Training endet.</translation>
    </message>
    <message>
        <source>You can look through the images and decide while it runs.</source>
        <translation>Während es läuft, können Sie die Bilder durchsehen und entscheiden.</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>label {0}</source>
        <extracomment>Role of the sample&apos;s position in the project.</extracomment>
        <translation>Label {0}</translation>
    </message>
    <message>
        <source>suggested {0}</source>
        <translation>vorgeschlagen {0}</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Gallery</source>
        <extracomment>The current image has come on the screen.</extracomment>
        <translation>Galerie</translation>
    </message>
</context>
<context>
    <name>GpuOffer</name>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>Die GPU dieses Computers verwenden…</translation>
    </message>
    <message>
        <source>This computer&apos;s GPU ({gpu}) would not be used.</source>
        <translation>Die GPU dieses Computers ({gpu}) würde nicht verwendet.</translation>
    </message>
</context>
<context>
    <name>GuideBrowser</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History of the image</source>
        <translation>Verlauf des Bildes</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>Wann (UTC)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>What the runs said</source>
        <translation>Was die Läufe sagten</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Sieht aus wie</translation>
    </message>
    <message>
        <source>Label wrong</source>
        <translation>Label falsch</translation>
    </message>
    <message>
        <source>Blind check: the history is shown once you have decided.</source>
        <translation>Blindprüfung: Der Verlauf wird gezeigt, sobald Sie entschieden haben.</translation>
    </message>
    <message>
        <source>Nobody has decided on this image yet.</source>
        <translation>Über dieses Bild hat noch niemand entschieden.</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>rückgängig gemacht</translation>
    </message>
    <message>
        <source>former content of the file</source>
        <translation>früherer Inhalt der Datei</translation>
    </message>
</context>
<context>
    <name>ImageCard</name>
    <message>
        <source>Label: {label}</source>
        <translation>Label: {label}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Leave {image} out</source>
        <translation>{image} weglassen</translation>
    </message>
</context>
<context>
    <name>ImageStage</name>
    <message>
        <source>No image</source>
        <extracomment>Of longer labels above the images the middle is left out; in letters. From here on there is room beside and below the photograph; in pixels.</extracomment>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>{0} ausgewählt</translation>
    </message>
    <message>
        <source>in file order until a run has finished</source>
        <translation>in Dateireihenfolge, bis ein Lauf fertig ist</translation>
    </message>
    <message>
        <source>{0} no longer match: update the list</source>
        <translation>{0} passen nicht mehr: Liste aktualisieren</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Show or hide the tools for zoom, filters and brightness</source>
        <translation>Werkzeuge für Zoom, Filter und Helligkeit ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>No image matches the filters.</source>
        <translation>Kein Bild passt zu den Filtern.</translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation>Alle Filter zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Image</source>
        <extracomment>A step between the pixels that are shown may be so much wider than a pixel of the screen. What is asked for reaches so far beyond what is in sight, as a share of it. A message over the image stays for so many milliseconds.</extracomment>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
</context>
<context>
    <name>InlineBar</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>KeptColumns</name>
    <message>
        <source>Columns of your table that stay</source>
        <translation>Spalten Ihrer Tabelle, die bleiben</translation>
    </message>
    <message>
        <source>Tick the columns of your table that stay. No other does.</source>
        <translation>Kreuzen Sie die Spalten Ihrer Tabelle an, die bleiben. Keine andere bleibt.</translation>
    </message>
    <message>
        <source>{name} (nearly every row has its own value: it can tell who it is)</source>
        <translation>{name} (fast jede Zeile hat einen eigenen Wert: Daran lässt sich erkennen, um wen es sich handelt)</translation>
    </message>
    <message>
        <source>{name} (as pseudonyms)</source>
        <translation>{name} (als Pseudonyme)</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>chosen</source>
        <extracomment>Opacity of the key in its cap.</extracomment>
        <translation>gewählt</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>{0} or a click puts this sheet away.</source>
        <translation>{0} oder ein Klick schließt dieses Blatt.</translation>
    </message>
    <message>
        <source>A click puts this sheet away.</source>
        <translation>Ein Klick schließt dieses Blatt.</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation>Halten: das Bild, wie es in der Datei ist</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Zeiger zoomen</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Right-drag</source>
        <translation>Rechts ziehen</translation>
    </message>
    <message>
        <source>Up: brighter · left: more contrast</source>
        <translation>Hoch: heller · links: mehr Kontrast</translation>
    </message>
    <message>
        <source>Right double click</source>
        <translation>Rechter Doppelklick</translation>
    </message>
    <message>
        <source>Reset brightness and contrast</source>
        <translation>Helligkeit und Kontrast zurücksetzen</translation>
    </message>
    <message>
        <source>Ctrl+Wheel</source>
        <translation>Strg+Mausrad</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>Größe der Kacheln</translation>
    </message>
    <message>
        <source>Ctrl/Shift+Click</source>
        <translation>Strg/Umschalt+Klick</translation>
    </message>
    <message>
        <source>Select several images</source>
        <translation>Mehrere Bilder auswählen</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Entscheiden</translation>
    </message>
    <message>
        <source>Label, also on the number pad</source>
        <translation>Label, auch auf dem Ziffernblock</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>The photograph</source>
        <translation>Das Foto</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation>Halten: das Bild, wie es in der Datei ist</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Select all images</source>
        <translation>Alle Bilder auswählen</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”: choose another, or change that one first.</source>
        <translation>{0} ist die Taste von „{1}“: Wählen Sie eine andere, oder ändern Sie zuerst jene.</translation>
    </message>
    <message>
        <source>{0} is always “{1}”: choose another.</source>
        <translation>{0} ist immer „{1}“: Wählen Sie eine andere.</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys of all actions</source>
        <translation>Tasten aller Aktionen</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neue Taste</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>Alle Tasten zurücksetzen</translation>
    </message>
</context>
<context>
    <name>LabelQuestionPanel</name>
    <message>
        <source>Choose the table of labels…</source>
        <translation>Die Tabelle der Labels wählen…</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>Bildqualität beurteilen …</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read; no labels are needed</source>
        <translation>Bilder finden, die zu schlecht zum Lesen sind; Labels sind nicht nötig</translation>
    </message>
    <message>
        <source>Which of these are the labels?</source>
        <translation>Was davon sind die Labels?</translation>
    </message>
    <message>
        <source>This folder holds images, but nothing that says their labels.</source>
        <translation>Dieser Ordner enthält Bilder, aber nichts, was ihre Labels nennt.</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>Diese verwenden</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>{name} verwenden</translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation>und {count} weitere Klassen</translation>
    </message>
    <message>
        <source>The table {name}</source>
        <translation>Die Tabelle {name}</translation>
    </message>
    <message>
        <source>The names of the folders</source>
        <translation>Die Namen der Ordner</translation>
    </message>
    <message>
        <source>The names of the folders inside of them</source>
        <translation>Die Namen der Ordner darin</translation>
    </message>
    <message>
        <source>Choose the table of labels</source>
        <translation>Die Tabelle der Labels wählen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt *.xlsx);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
</context>
<context>
    <name>Lifetime</name>
    <message>
        <source>Every decision was saved.</source>
        <translation>Alle Entscheidungen wurden gespeichert.</translation>
    </message>
    <message>
        <source>Every decision was saved, and a training that was running can be resumed where it was last saved. Open {project} again?</source>
        <translation>Alle Entscheidungen wurden gespeichert, und ein Training, das lief, lässt sich dort fortsetzen, wo es zuletzt gespeichert wurde. {project} wieder öffnen?</translation>
    </message>
    <message>
        <source>QMix</source>
        <translation>QMix</translation>
    </message>
    <message>
        <source>QMix GUI did not close properly.</source>
        <translation>QMix GUI wurde nicht richtig beendet.</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Stopping the training…</source>
        <translation>Das Training wird angehalten…</translation>
    </message>
    <message>
        <source>Finishing the work on files…</source>
        <translation>Die Arbeit an Dateien wird beendet…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss the message</source>
        <extracomment>Text of a button and the key that it emits.</extracomment>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>NewProject</name>
    <message>
        <source>Painting the demo photographs…</source>
        <translation>Die Demo-Aufnahmen werden gemalt…</translation>
    </message>
    <message>
        <source>Painting the demo photographs… {done} of {total}</source>
        <translation>Die Demo-Aufnahmen werden gemalt… {done} von {total}</translation>
    </message>
    <message>
        <source>Making the project…</source>
        <translation>Das Projekt wird angelegt…</translation>
    </message>
</context>
<context>
    <name>NoteBar</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>What should the next reader know?</source>
        <translation>Was sollte die nächste Person wissen?</translation>
    </message>
    <message>
        <source>Note on {0}</source>
        <translation>Notiz zu {0}</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>Notiz speichern</translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Images first whose suggested grade is on the other side of this one; then by expected shift in grades times its probability.</source>
        <translation>Zuerst Bilder, deren vorgeschlagener Grad auf der anderen Seite dieses Grades liegt; dann nach der erwarteten Verschiebung in Graden mal ihrer Wahrscheinlichkeit.</translation>
    </message>
    <message>
        <source>Error score</source>
        <translation>Fehlerwert</translation>
    </message>
    <message>
        <source>Clinical impact</source>
        <translation>Klinische Bedeutung</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>Image quality, poorest first</source>
        <translation>Bildqualität, schlechteste zuerst</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Patients together</source>
        <translation>Patienten zusammen</translation>
    </message>
    <message>
        <source>Referable from</source>
        <translation>Überweisen ab</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>No image looks wrong or too poor to read.</source>
        <translation>Kein Bild sieht falsch gelabelt oder zu schlecht zum Lesen aus.</translation>
    </message>
    <message>
        <source>{0} of {1} suspicious images are read; the rest takes about {2} min.</source>
        <translation>{0} von {1} verdächtigen Bildern sind gelesen; der Rest dauert etwa {2} min.</translation>
    </message>
    <message>
        <source>The one suspicious image is read.</source>
        <translation>Das eine verdächtige Bild ist gelesen.</translation>
    </message>
    <message>
        <source>{0} more are hidden among the blind checks.</source>
        <extracomment>From here on there is room for what the buckets mean, in pixels.</extracomment>
        <translation>{0} weitere sind unter den Blindprüfungen verborgen.</translation>
    </message>
    <message>
        <source>All suspicious images are among the blind checks.</source>
        <translation>Alle verdächtigen Bilder sind unter den Blindprüfungen.</translation>
    </message>
    <message>
        <source>No single image is doubted enough to be marked; the most doubted come first.</source>
        <translation>Kein einzelnes Bild ist so zweifelhaft, dass es markiert wäre; die zweifelhaftesten kommen zuerst.</translation>
    </message>
    <message>
        <source>All {count} suspicious images are read.</source>
        <translation>Alle {count} verdächtigen Bilder sind gelesen.</translation>
    </message>
    <message>
        <source>{0} of {1} images need your eye, about {2} min.</source>
        <translation>{0} von {1} Bildern brauchen Ihren Blick, etwa {2} min.</translation>
    </message>
    <message>
        <source>{0} of {1} images needs your eye, about {2} min.</source>
        <translation>{0} von {1} Bildern braucht Ihren Blick, etwa {2} min.</translation>
    </message>
    <message>
        <source>Start review</source>
        <translation>Durchsicht beginnen</translation>
    </message>
    <message>
        <source>Summary and next steps</source>
        <translation>Zusammenfassung und nächste Schritte</translation>
    </message>
    <message>
        <source>Resume the review</source>
        <translation>Durchsicht fortsetzen</translation>
    </message>
    <message>
        <source>The next {0} images hold about {1} wrong labels.</source>
        <translation>Die nächsten {0} Bilder enthalten etwa {1} falsche Labels.</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Package for a second reader</source>
        <translation>Paket für eine Zweitbefundung</translation>
    </message>
    <message>
        <source>Images packed</source>
        <translation>Verpackte Bilder</translation>
    </message>
    <message>
        <source>One file with the images in random order and the classes: no labels, verdicts, file names, patients or EXIF. What is written in a picture itself goes along. The reader opens it with qmix-gui and sends back a small file of answers.</source>
        <translation>Eine Datei mit den Bildern in zufälliger Reihenfolge und den Klassen: keine Labels, Urteile, Dateinamen, Patienten oder EXIF-Daten. Was im Bild selbst geschrieben steht, geht mit. Die befundende Person öffnet sie mit qmix-gui und schickt eine kleine Datei mit Antworten zurück.</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>Anzahl der Bilder</translation>
    </message>
    <message>
        <source>of the {0} images listed now, drawn at random</source>
        <translation>der {0} jetzt aufgelisteten Bilder, zufällig gezogen</translation>
    </message>
    <message>
        <source>Instructions for the reader</source>
        <translation>Anleitung für die befundende Person</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zu schreibende Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>Die zu schreibende Datei wählen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Write package</source>
        <translation>Paket schreiben</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>No image is listed: reset the filters first.</source>
        <translation>Kein Bild ist aufgelistet: Setzen Sie zuerst die Filter zurück.</translation>
    </message>
    <message>
        <source>The instructions are longer than {0} characters.</source>
        <translation>Die Anleitung ist länger als {0} Zeichen.</translation>
    </message>
    <message>
        <source>Write the package to</source>
        <translation>Das Paket schreiben nach</translation>
    </message>
    <message>
        <source>Reading packages (*{0})</source>
        <translation>Befundpakete (*{0})</translation>
    </message>
    <message>
        <source>{0} of {1} images packed</source>
        <translation>{0} von {1} Bildern verpackt</translation>
    </message>
    <message>
        <source>{0} images are in {1}.</source>
        <translation>{0} Bilder sind in {1}.</translation>
    </message>
    <message>
        <source>{0} could not go along: {1}</source>
        <translation>{0} konnten nicht mitgehen: {1}</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>Abgebrochen: Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>PlotArea</name>
    <message>
        <source>Plots of the run</source>
        <translation>Diagramme des Laufs</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>Trennung</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This dataset cannot be used as it is</source>
        <translation>Dieser Datensatz kann so nicht verwendet werden</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>Bildqualität beurteilen …</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read; no labels are needed</source>
        <translation>Bilder finden, die zu schlecht zum Lesen sind; Labels sind nicht nötig</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Opening every image once…</source>
        <translation>Jedes Bild wird einmal geöffnet…</translation>
    </message>
    <message>
        <source>{done} of {total} images opened</source>
        <translation>{done} von {total} Bildern geöffnet</translation>
    </message>
    <message>
        <source>Choose the image folder or the columns, and read again.</source>
        <translation>Wählen Sie den Bildordner oder die Spalten, und lesen Sie erneut ein.</translation>
    </message>
</context>
<context>
    <name>PreflightReport</name>
    <message>
        <source>Pictures of each class</source>
        <extracomment>From so many pixels on there is room for both panels side by side. Share of the room for the findings, beside 5 for the classes.</extracomment>
        <translation>Bilder jeder Klasse</translation>
    </message>
    <message>
        <source>Images of each class</source>
        <translation>Bilder jeder Klasse</translation>
    </message>
    <message>
        <source>Problems by kind</source>
        <translation>Probleme nach Art</translation>
    </message>
    <message>
        <source>Every image could be opened, and nothing looks odd.</source>
        <translation>Jedes Bild ließ sich öffnen, und nichts ist auffällig.</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>Bildqualität beurteilen …</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read</source>
        <translation>Bilder finden, die zu schlecht zum Lesen sind</translation>
    </message>
    <message>
        <source>Classes…</source>
        <translation>Klassen…</translation>
    </message>
    <message>
        <source>Order and names of the classes</source>
        <translation>Reihenfolge und Namen der Klassen</translation>
    </message>
    <message>
        <source>Look at the images…</source>
        <translation>Bilder ansehen…</translation>
    </message>
    <message>
        <source>Compare the images, leave some out, settle a label</source>
        <translation>Die Bilder vergleichen, einige weglassen, ein Label klären</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Weglassen</translation>
    </message>
    <message>
        <source>Merge these spellings</source>
        <translation>Diese Schreibweisen zusammenführen</translation>
    </message>
    <message>
        <source>Leave out all but one of each</source>
        <translation>Alle bis auf je eines weglassen</translation>
    </message>
    <message>
        <source>Leave out all</source>
        <translation>Alle weglassen</translation>
    </message>
    <message>
        <source>Grades, from the lowest to the highest</source>
        <translation>Grade, vom niedrigsten zum höchsten</translation>
    </message>
    <message>
        <source>Classes without an order</source>
        <translation>Klassen ohne Reihenfolge</translation>
    </message>
    <message>
        <source>Things to know</source>
        <translation>Wissenswertes</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} weggelassen</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>zusammengeführt</translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation>und {count} weitere Klassen</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>Keine Probleme</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>QualityBox</name>
    <message>
        <source>What counts as poor</source>
        <translation>Was als schlecht gilt</translation>
    </message>
    <message>
        <source>Threshold and learning…</source>
        <translation>Schwelle und Lernen …</translation>
    </message>
    <message>
        <source>Move where poor begins, and let QMix learn from what you called poor and fine</source>
        <translation>Verschieben, wo schlecht beginnt, und QMix aus dem lernen lassen, was Sie schlecht und gut nannten</translation>
    </message>
    <message>
        <source>{poor} of {images} images, below {percent}&#xa0;%</source>
        <translation>{poor} von {images} Bildern, unter {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Learned from {0} poor and {1} fine</source>
        <translation>Gelernt aus {0} schlechten und {1} guten</translation>
    </message>
    <message>
        <source>{0} were called poor and {1} fine: QMix can learn from that.</source>
        <translation>{0} wurden schlecht genannt und {1} gut: Daraus kann QMix lernen.</translation>
    </message>
    <message>
        <source>{0} were called poor and {1} fine; it takes {2} of each to learn.</source>
        <translation>{0} wurden schlecht genannt und {1} gut; zum Lernen braucht es je {2}.</translation>
    </message>
</context>
<context>
    <name>QualityCheckDialog</name>
    <message>
        <source>Image quality</source>
        <extracomment>Seconds after which the pace says something of the time that is left.</extracomment>
        <translation>Bildqualität</translation>
    </message>
    <message>
        <source>Each image is compared with the better images of this set, and with copies of them made poor. Nothing leaves this computer, and no label is needed.</source>
        <translation>Jedes Bild wird mit den besseren Bildern dieses Satzes und mit verschlechterten Kopien davon verglichen. Nichts verlässt diesen Computer, und Labels sind nicht nötig.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Look at the poor ones…</source>
        <translation>Die schlechten ansehen …</translation>
    </message>
    <message>
        <source>Leave the poor out</source>
        <translation>Die schlechten weglassen</translation>
    </message>
    <message>
        <source>Save the table…</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>Wird vorbereitet …</translation>
    </message>
    <message>
        <source>{done} of {total} images</source>
        <translation>{done} von {total} Bildern</translation>
    </message>
    <message>
        <source>Comparing them…</source>
        <translation>Werden verglichen …</translation>
    </message>
    <message>
        <source>Files that cannot be read: {0}</source>
        <translation>Dateien, die nicht gelesen werden können: {0}</translation>
    </message>
    <message>
        <source>What the poor ones are most like, where it can be told: {0}.</source>
        <translation>Wem die schlechten am meisten ähneln, soweit erkennbar: {0}.</translation>
    </message>
    <message>
        <source>{count} of {total} images are left out.</source>
        <translation>{count} von {total} Bildern sind weggelassen.</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>Tabelle speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>Gespeichert: {0}</translation>
    </message>
</context>
<context>
    <name>QualityDialog</name>
    <message>
        <source>What counts as poor</source>
        <translation>Was als schlecht gilt</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Each image has a quality from 0 to 100&#xa0;%. Below the threshold it is poor, and lies in “{bucket}” whatever its label says. No decision changes.</source>
        <translation>Jedes Bild hat eine Qualität von 0 bis 100&#xa0;%. Unter der Schwelle ist es schlecht und liegt in „{bucket}“, was immer sein Label sagt. Keine Entscheidung ändert sich.</translation>
    </message>
    <message>
        <source>Poor below a quality of</source>
        <translation>Schlecht unter einer Qualität von</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Reset to {0}&#xa0;%</source>
        <translation>Zurück auf {0}&#xa0;%</translation>
    </message>
    <message>
        <source>The default, as it was measured</source>
        <translation>Der Standardwert, wie er gemessen wurde</translation>
    </message>
    <message>
        <source>Learn from what was called poor and fine</source>
        <translation>Aus dem lernen, was schlecht und gut genannt wurde</translation>
    </message>
    <message>
        <source>Take what you said about image quality</source>
        <translation>Übernehmen, was Sie zur Bildqualität sagten</translation>
    </message>
    <message>
        <source>Forget again</source>
        <translation>Wieder vergessen</translation>
    </message>
    <message>
        <source>Called poor: {0}; called fine: {1}.</source>
        <translation>Schlecht genannt: {0}; gut genannt: {1}.</translation>
    </message>
    <message>
        <source>In force: what {0} poor and {1} fine ones taught.</source>
        <translation>In Kraft: was {0} schlechte und {1} gute gelehrt haben.</translation>
    </message>
    <message>
        <source>Finding out what that teaches…</source>
        <translation>Es wird ermittelt, was das lehrt …</translation>
    </message>
    <message>
        <source>{0} more called poor (re-take; keep, poor image; exclude)</source>
        <translation>{0} weitere schlecht genannte (neu aufnehmen; behalten, schlechtes Bild; ausschließen)</translation>
    </message>
    <message>
        <source>{0} more called fine (image quality is fine; keep; relabel)</source>
        <translation>{0} weitere gut genannte (Bildqualität ist gut; behalten; umlabeln)</translation>
    </message>
    <message>
        <source>To learn from that it still takes {0}.</source>
        <translation>Um daraus zu lernen, fehlen noch {0}.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Nothing else was said since.</source>
        <translation>Seitdem wurde nichts anderes gesagt.</translation>
    </message>
    <message>
        <source>With it {poor} images are poor instead of {before}: {more} become poor, {less} readable. Nothing is trained again.</source>
        <translation>Damit sind {poor} Bilder schlecht statt {before}: {more} werden schlecht, {less} lesbar. Nichts wird neu trainiert.</translation>
    </message>
    <message>
        <source>Of one called poor and one called fine, the poor one gets the lower quality in {0} of 100 cases, each judged by what was said of other patients (AUROC {1}).</source>
        <translation>Von einem schlecht und einem gut genannten Bild erhält das schlechte in {0} von 100 Fällen die niedrigere Qualität, jeweils beurteilt nach dem, was über andere Patienten gesagt wurde (AUROC {1}).</translation>
    </message>
    <message>
        <source>By chance it would be 50: more verdicts may help.</source>
        <translation>Durch Zufall wären es 50: Mehr Urteile können helfen.</translation>
    </message>
</context>
<context>
    <name>QueueRuler</name>
    <message>
        <source>Position in the list</source>
        <translation>Stelle in der Liste</translation>
    </message>
    <message>
        <source>Image {0} of {1}; click to go elsewhere</source>
        <translation>Bild {0} von {1}; ein Klick führt anderswohin</translation>
    </message>
</context>
<context>
    <name>ReadingController</name>
    <message>
        <source>The name goes along with your answers, so that they can be told from other readers&apos;. With the same name you go on where you stopped.</source>
        <translation>Der Name geht mit Ihren Antworten mit, damit sie von denen anderer zu unterscheiden sind. Mit demselben Namen geht es dort weiter, wo Sie aufgehört haben.</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>Ungradable</source>
        <translation>Nicht beurteilbar</translation>
    </message>
    <message>
        <source>{0} lines of the answers are damaged and cannot be read.</source>
        <translation>{0} Zeilen der Antworten sind beschädigt und nicht lesbar.</translation>
    </message>
    <message>
        <source>Reader: {0}</source>
        <translation>Befundende Person: {0}</translation>
    </message>
    <message>
        <source>Read under another name</source>
        <translation>Unter einem anderen Namen befunden</translation>
    </message>
    <message>
        <source>Export answers…</source>
        <translation>Antworten exportieren…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>Mehrdeutig</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Voriges</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>Bild {0}</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>mehrdeutig</translation>
    </message>
    <message>
        <source>ungradable</source>
        <translation>nicht beurteilbar</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Noch nicht befundet</translation>
    </message>
    <message>
        <source>You said: {0}</source>
        <translation>Ihre Antwort: {0}</translation>
    </message>
    <message>
        <source> · Note: {0}</source>
        <translation> · Notiz: {0}</translation>
    </message>
    <message>
        <source>{0} of {1} read</source>
        <translation>{0} von {1} befundet</translation>
    </message>
    <message>
        <source>All images are read. Export your answers and send the file back.</source>
        <translation>Alle Bilder sind befundet. Bitte die Antworten exportieren und die Datei zurückschicken.</translation>
    </message>
    <message>
        <source>Export answers to</source>
        <translation>Antworten exportieren nach</translation>
    </message>
    <message>
        <source>Answers (*{0})</source>
        <translation>Antworten (*{0})</translation>
    </message>
    <message>
        <source>{0} answers are in {1}. Send that file to whom the package is from.</source>
        <translation>{0} Antworten sind in {1}. Bitte diese Datei dorthin schicken, woher das Paket kommt.</translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message>
        <source>Esc  Skip</source>
        <translation>Esc  Überspringen</translation>
    </message>
    <message>
        <source>Why take {0} again?</source>
        <translation>Warum {0} neu aufnehmen?</translation>
    </message>
    <message>
        <source>Why take {0} images again?</source>
        <translation>Warum {0} Bilder neu aufnehmen?</translation>
    </message>
    <message>
        <source>Why exclude {0}?</source>
        <translation>Warum {0} ausschließen?</translation>
    </message>
    <message>
        <source>Why exclude {0} images?</source>
        <translation>Warum {0} Bilder ausschließen?</translation>
    </message>
</context>
<context>
    <name>RecentProjects</name>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>The project folder is not there any more</source>
        <translation>Der Projektordner ist nicht mehr da</translation>
    </message>
    <message>
        <source>The project&apos;s database is gone</source>
        <translation>Die Datenbank des Projekts ist weg</translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <source>Open project {name}</source>
        <translation>Projekt {name} öffnen</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>{done} von {total} geprüft</translation>
    </message>
    <message>
        <source>Remove from this list (the project stays on disk)</source>
        <translation>Aus dieser Liste entfernen (das Projekt bleibt auf der Platte)</translation>
    </message>
    <message>
        <source>Remove {name} from the list</source>
        <translation>{name} aus der Liste entfernen</translation>
    </message>
</context>
<context>
    <name>RecoveryOffer</name>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Recovering {0}…</source>
        <translation>{0} wird wiederhergestellt…</translation>
    </message>
    <message>
        <source>Project recovered</source>
        <translation>Projekt wiederhergestellt</translation>
    </message>
    <message>
        <source>{0} was recovered.</source>
        <translation>{0} wurde wiederhergestellt.</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Show the report</source>
        <translation>Den Bericht zeigen</translation>
    </message>
    <message>
        <source>The report holds the error, where it happened, and the versions of QMix and of the system; no pictures and no names of images. The whole log is in {file}</source>
        <translation>Der Bericht enthält den Fehler, wo er geschah, und die Versionen von QMix und vom System; keine Bilder und keine Bildnamen. Das ganze Protokoll ist in {file}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Hide the report</source>
        <translation>Bericht verbergen</translation>
    </message>
</context>
<context>
    <name>RetrainDialog</name>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>Neu trainieren</translation>
    </message>
    <message>
        <source>Start the training?</source>
        <translation>Das Training starten?</translation>
    </message>
    <message>
        <source>Train again?</source>
        <translation>Noch einmal trainieren?</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Change the settings of the training</source>
        <translation>Die Einstellungen des Trainings ändern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
</context>
<context>
    <name>ReviewKeys</name>
    <message>
        <source>That is the last image of this list.</source>
        <translation>Das ist das letzte Bild dieser Liste.</translation>
    </message>
    <message>
        <source>That is the first image of this list.</source>
        <translation>Das ist das erste Bild dieser Liste.</translation>
    </message>
    <message>
        <source>Every image of this list has been reviewed.</source>
        <translation>Jedes Bild dieser Liste wurde geprüft.</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Settle them</source>
        <translation>Jetzt klären</translation>
    </message>
    <message>
        <source>New results are ready. The list stays as it is until you take them.</source>
        <extracomment>What the summary at the end of a list offers, by the names of the actions. What was done is told in so many letters, so that the link that undoes it stays in sight.</extracomment>
        <translation>Neue Ergebnisse sind da. Die Liste bleibt, wie sie ist, bis Sie sie übernehmen.</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>No image changed its bucket since run {0}.</source>
        <translation>Kein Bild hat seit Lauf {0} die Gruppe gewechselt.</translation>
    </message>
    <message>
        <source>No run has finished yet: nothing tells which images to read.</source>
        <translation>Noch ist kein Lauf beendet: Nichts sagt, welche Bilder zu lesen sind.</translation>
    </message>
    <message>
        <source>Every image of this list has been reviewed.</source>
        <translation>Jedes Bild dieser Liste wurde geprüft.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>{0} blind checks are among the next images.</source>
        <translation>{0} Blindprüfungen sind unter den nächsten Bildern.</translation>
    </message>
    <message>
        <source>There is no image left to check.</source>
        <translation>Kein Bild ist mehr zu prüfen.</translation>
    </message>
    <message>
        <source>No image lies inside.</source>
        <translation>Kein Bild liegt darin.</translation>
    </message>
    <message>
        <source>A blind check is judged alone.</source>
        <translation>Eine Blindprüfung wird für sich beurteilt.</translation>
    </message>
    <message>
        <source>No run has finished yet: nothing tells how well images can be read.</source>
        <translation>Noch kein Lauf ist fertig: Nichts sagt, wie gut die Bilder zu lesen sind.</translation>
    </message>
</context>
<context>
    <name>ReviewQueue</name>
    <message>
        <source>Changed since run {0}</source>
        <translation>Geändert seit Lauf {0}</translation>
    </message>
    <message>
        <source>Altered or missing</source>
        <translation>Verändert oder fehlend</translation>
    </message>
    <message>
        <source>{0} and {1} differ</source>
        <translation>{0} und {1} weichen ab</translation>
    </message>
</context>
<context>
    <name>ReviewStatus</name>
    <message>
        <source>Share of reviewed images</source>
        <translation>Anteil geprüfter Bilder</translation>
    </message>
    <message>
        <source>Change the reviewer&apos;s name</source>
        <translation>Den Namen der prüfenden Person ändern</translation>
    </message>
    <message>
        <source>No reviewer yet</source>
        <translation>Noch kein Name</translation>
    </message>
    <message>
        <source>Reviewer: {name}. Change</source>
        <translation>Prüfende Person: {name}. Ändern</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>{done} von {total} geprüft</translation>
    </message>
    <message>
        <source> · {pace} a minute · suspicious ones: {left}</source>
        <translation> · {pace} pro Minute · verdächtige: {left}</translation>
    </message>
</context>
<context>
    <name>ReviewerPrompt</name>
    <message>
        <source>Reviewer</source>
        <translation>Prüfende Person</translation>
    </message>
    <message>
        <source>Who is reviewing?</source>
        <translation>Wer prüft?</translation>
    </message>
    <message>
        <source>Who is reading?</source>
        <translation>Wer befundet?</translation>
    </message>
    <message>
        <source>The name is written beside every decision in this project. It stays on this computer and can be changed at the bottom of the window.</source>
        <translation>Der Name steht neben jeder Entscheidung in diesem Projekt. Er bleibt auf diesem Computer und kann unten im Fenster geändert werden.</translation>
    </message>
    <message>
        <source>Name or initials</source>
        <translation>Name oder Kürzel</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation>Name der prüfenden Person</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Log of the run</source>
        <translation>Protokoll des Laufs</translation>
    </message>
    <message>
        <source>The training process has said nothing so far.</source>
        <translation>Der Trainingsprozess hat noch nichts gemeldet.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>Protokoll kopieren</translation>
    </message>
</context>
<context>
    <name>RunOptionsForm</name>
    <message>
        <source>For experts</source>
        <extracomment>In sight beside the presets: what a person changes who has a network of their own.</extracomment>
        <translation>Für Fachleute</translation>
    </message>
    <message>
        <source>Choose the weights of this encoder, or leave the encoder empty.</source>
        <translation>Wählen Sie die Gewichte dieses Encoders, oder lassen Sie den Encoder leer.</translation>
    </message>
    <message>
        <source>{option}: there is no file {file}. Choose another.</source>
        <translation>{option}: Die Datei {file} gibt es nicht. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>as the encoder expects</source>
        <translation>wie der Encoder es erwartet</translation>
    </message>
    <message>
        <source>as the preset says ({value})</source>
        <translation>wie die Vorgabe sagt ({value})</translation>
    </message>
    <message>
        <source>as the preset says</source>
        <translation>wie die Vorgabe sagt</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Training paused</source>
        <translation>Training angehalten</translation>
    </message>
    <message>
        <source>Stopping the training…</source>
        <translation>Das Training wird gestoppt…</translation>
    </message>
    <message>
        <source>Training {percent} %</source>
        <translation>Training {percent} %</translation>
    </message>
    <message>
        <source>No line to the other computer: trying again</source>
        <translation>Keine Verbindung zum anderen Computer: neuer Versuch</translation>
    </message>
</context>
<context>
    <name>RunnerEditor</name>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Test where the training runs</source>
        <translation>Testen, wo das Training läuft</translation>
    </message>
    <message>
        <source>Where the training runs</source>
        <translation>Wo das Training läuft</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird getestet…</translation>
    </message>
</context>
<context>
    <name>SampleStrip</name>
    <message>
        <source>Pictures of {name}</source>
        <extracomment>There are as many lines of pictures as there can be with pictures of this side. Of that side, when one more picture fills the line. Pictures of all classes together: fewer than are kept in memory, or they were read for ever. Pixels of a picture&apos;s longer side: sharp at double scale.</extracomment>
        <translation>Bilder von {name}</translation>
    </message>
</context>
<context>
    <name>SavedFilterMenu</name>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>Diesen Filter speichern…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>Diesen Filter speichern</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>Name des Filters</translation>
    </message>
</context>
<context>
    <name>ScaleDialog</name>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>These classes are grades, the lowest first</source>
        <translation>Diese Klassen sind Grade, der niedrigste zuerst</translation>
    </message>
    <message>
        <source>The names are for the screen. Exports keep the values that the files have.</source>
        <translation>Die Namen gelten für den Bildschirm. Exporte behalten die Werte, die in den Dateien stehen.</translation>
    </message>
    <message>
        <source>In the files</source>
        <translation>In den Dateien</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>Auf dem Bildschirm</translation>
    </message>
    <message>
        <source>Values and names of the classes</source>
        <translation>Werte und Namen der Klassen</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
</context>
<context>
    <name>SecondReadersController</name>
    <message>
        <source>No second reader&apos;s answers are here yet: package images for one, then merge.</source>
        <translation>Es gibt noch keine Zweitbefundung: zuerst Bilder als Paket weitergeben, dann die Antworten zusammenführen.</translation>
    </message>
    <message>
        <source>Decisions imported: {0}.</source>
        <translation>Übernommene Entscheidungen: {0}.</translation>
    </message>
    <message>
        <source>Here already: {0}.</source>
        <translation>Schon vorhanden: {0}.</translation>
    </message>
    <message>
        <source>Left out, since their images have changed: {0}.</source>
        <translation>Ausgelassen, weil sich ihre Bilder geändert haben: {0}.</translation>
    </message>
    <message>
        <source>Images decided differently here: {0}. Your decisions are kept for now.</source>
        <translation>Hier anders entschiedene Bilder: {0}. Ihre Entscheidungen gelten vorerst weiter.</translation>
    </message>
    <message>
        <source>This reading of {0} was here already: nothing was changed.</source>
        <translation>Diese Befundung von {0} war schon hier: Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>{0} answers of {1} are in the project.</source>
        <translation>{0} Antworten von {1} sind im Projekt.</translation>
    </message>
    <message>
        <source>{0} do not count: their images have changed since.</source>
        <translation>{0} zählen nicht: Ihre Bilder haben sich seitdem geändert.</translation>
    </message>
    <message>
        <source>Readers disagree on {0} images.</source>
        <translation>Bei {0} Bildern sind sich die Befundenden uneinig.</translation>
    </message>
    <message>
        <source>Choose the answers of a second reader, or an exported log of decisions</source>
        <translation>Antworten eines Zweitbefunders oder ein exportiertes Entscheidungsprotokoll wählen</translation>
    </message>
    <message>
        <source>Answers and decisions (*{0} *.csv *.tsv *.xlsx)</source>
        <translation>Antworten und Entscheidungen (*{0} *.csv *.tsv *.xlsx)</translation>
    </message>
    <message>
        <source>They differ on no image.</source>
        <translation>Sie weichen bei keinem Bild voneinander ab.</translation>
    </message>
</context>
<context>
    <name>SeparationPlot</name>
    <message>
        <source>Separation plot</source>
        <extracomment>Lets crowds look denser; 255 is opaque. Kind of the subset that is drawn here. Numbers and name of the axis without the gap that pyqtgraph leaves; the panel is low. Lower, crowds cannot be told apart.</extracomment>
        <translation>Trennungsdiagramm</translation>
    </message>
    <message>
        <source>Network A</source>
        <translation>Netz A</translation>
    </message>
    <message>
        <source>Network B</source>
        <translation>Netz B</translation>
    </message>
    <message>
        <source>Network whose separation is drawn</source>
        <translation>Netz, dessen Trennung gezeigt wird</translation>
    </message>
    <message>
        <source>The first separation of a run appears here.</source>
        <translation>Die erste Trennung eines Laufs erscheint hier.</translation>
    </message>
    <message>
        <source>Round whose separation is drawn</source>
        <translation>Runde, deren Trennung gezeigt wird</translation>
    </message>
    <message>
        <source>The separation of each round. The last one has the colours of the verdicts, earlier ones those that their separation alone gave.</source>
        <translation>Die Trennung jeder Runde. Die letzte hat die Farben der Urteile, frühere haben die, die ihre Trennung allein ergab.</translation>
    </message>
    <message>
        <source>Round {0} of {1}</source>
        <translation>Runde {0} von {1}</translation>
    </message>
    <message>
        <source>The scores of round {0} cannot be read.</source>
        <translation>Die Werte von Runde {0} sind nicht lesbar.</translation>
    </message>
    <message>
        <source>{0} of {1} points drawn</source>
        <translation>{0} von {1} Punkten gezeichnet</translation>
    </message>
    <message>
        <source>{0} in the plot</source>
        <translation>{0} im Diagramm</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>Auf Vorgaben zurücksetzen</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>Umgebung der Engine</translation>
    </message>
    <message>
        <source>After a restart.</source>
        <translation>Nach einem Neustart.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the weights file</source>
        <translation>Die Gewichtsdatei wählen</translation>
    </message>
    <message>
        <source>Every decision carries a name: the one before is kept.</source>
        <translation>Jede Entscheidung trägt einen Namen: Der bisherige bleibt.</translation>
    </message>
    <message>
        <source>There is no file {0}: choose another.</source>
        <translation>Es gibt keine Datei {0}: Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>{0} changes when QMix is started again.</source>
        <translation>{0} ändert sich, wenn QMix neu gestartet wird.</translation>
    </message>
    <message>
        <source>Choose pretrained weights</source>
        <translation>Vortrainierte Gewichte wählen</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>Gewichte (*.pth *.pt *.safetensors);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Search file names</source>
        <translation>Dateinamen suchen</translation>
    </message>
    <message>
        <source>patient:10 finds the images of patient 10 alone, class:2 those labelled 2 by the value or by the name shown, camera:Topcon those with Topcon in the column camera of the table</source>
        <translation>patient:10 findet nur die Bilder von Patient 10, class:2 die mit der Klasse 2, nach dem Wert oder nach dem angezeigten Namen, camera:Topcon die mit Topcon in der Spalte camera der Tabelle</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>Mehr Filter</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>Bildqualität</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>Gegebenes Label</translation>
    </message>
    <message>
        <source>Suggested label</source>
        <translation>Vorgeschlagenes Label</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>Befundende</translation>
    </message>
    <message>
        <source>Contradicting labels</source>
        <translation>Widersprüchliche Labels</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Beständigkeit</translation>
    </message>
    <message>
        <source>Changed bucket while training</source>
        <translation>Gruppe beim Training gewechselt</translation>
    </message>
    <message>
        <source>Stable verdict</source>
        <translation>Beständiges Urteil</translation>
    </message>
    <message>
        <source>Class deleted</source>
        <translation>Klasse gelöscht</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>Kein Label</translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation>Alle Filter zurücksetzen</translation>
    </message>
</context>
<context>
    <name>SimilarDialog</name>
    <message>
        <source>Find similar images</source>
        <translation>Ähnliche Bilder finden</translation>
    </message>
    <message>
        <source>Similar images</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>Images like {0}</source>
        <translation>Bilder wie {0}</translation>
    </message>
    <message>
        <source>Images like one of the {0} selected</source>
        <translation>Bilder wie eines der {0} ausgewählten</translation>
    </message>
    <message>
        <source>How alike</source>
        <translation>Wie ähnlich</translation>
    </message>
    <message>
        <source>Tick all undecided</source>
        <translation>Alle unentschiedenen ankreuzen</translation>
    </message>
    <message>
        <source>Tick none</source>
        <translation>Keine ankreuzen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More alike</source>
        <translation>Ähnlicher</translation>
    </message>
    <message>
        <source>Keep labels</source>
        <translation>Labels behalten</translation>
    </message>
    <message>
        <source>Label as</source>
        <translation>Label setzen</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>(the most alike)</source>
        <translation>(die ähnlichsten)</translation>
    </message>
    <message>
        <source>The run that is shown has left nothing to compare this image by.</source>
        <translation>Der gezeigte Lauf hat nichts hinterlassen, womit sich dieses Bild vergleichen ließe.</translation>
    </message>
    <message>
        <source>{0} ticked</source>
        <translation>{0} angekreuzt</translation>
    </message>
    <message>
        <source>Tick the images to decide on: a click each, or Space.</source>
        <translation>Kreuzen Sie die Bilder an, über die Sie entscheiden: je ein Klick, oder Leertaste.</translation>
    </message>
    <message>
        <source>Decided on {0} images.</source>
        <translation>Über {0} Bilder entschieden.</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>Rückgängig gemacht.</translation>
    </message>
</context>
<context>
    <name>SimilarStrip</name>
    <message>
        <source>{0}, verified by a reader</source>
        <extracomment>How alike two images are takes more words than a picture is wide.</extracomment>
        <translation>{0}, von einer Person bestätigt</translation>
    </message>
    <message>
        <source>{0}, from the clean images: no reader has verified any yet</source>
        <translation>{0}, aus den sauberen Bildern: noch keines wurde bestätigt</translation>
    </message>
    <message>
        <source>{0}: no verified and no clean image to compare with</source>
        <translation>{0}: kein bestätigtes und kein sauberes Bild zum Vergleich</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <source>Choose the dataset folder</source>
        <translation>Den Ordner des Datensatzes wählen</translation>
    </message>
    <message>
        <source>Choose the table of labels</source>
        <translation>Die Tabelle der Labels wählen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation>Tabellen (*.csv *.tsv *.txt *.xlsx);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose the project folder (.qmix)</source>
        <translation>Den Projektordner wählen (.qmix)</translation>
    </message>
    <message>
        <source>Choose the reading package</source>
        <translation>Das Befundpaket wählen</translation>
    </message>
    <message>
        <source>Reading packages (*.qmixread)</source>
        <translation>Befundpakete (*.qmixread)</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>Start training</source>
        <extracomment>Width in pixels. Qt&apos;s own largest height of a widget.</extracomment>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Change the labels, the project&apos;s place or the training</source>
        <translation>Labels, Ort des Projekts oder Training ändern</translation>
    </message>
    <message>
        <source>You can look through the images while it runs. The dataset stays untouched.</source>
        <translation>Während es läuft, können Sie die Bilder durchsehen. Der Datensatz bleibt unberührt.</translation>
    </message>
    <message>
        <source>Every image comes into one of three groups</source>
        <translation>Jedes Bild kommt in eine von drei Gruppen</translation>
    </message>
    <message>
        <source>Change how the table is read</source>
        <translation>Ändern, wie die Tabelle gelesen wird</translation>
    </message>
    <message>
        <source>Change the project&apos;s location</source>
        <translation>Den Ort des Projekts ändern</translation>
    </message>
    <message>
        <source>Decisions, runs and results go here; the dataset stays untouched.</source>
        <translation>Entscheidungen, Läufe und Ergebnisse kommen hierher; der Datensatz bleibt unberührt.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>This dataset already has a project, {name}.</source>
        <translation>Zu diesem Datensatz gibt es schon ein Projekt, {name}.</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} weggelassen</translation>
    </message>
    <message>
        <source>Where to keep the project</source>
        <translation>Wo das Projekt liegen soll</translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>Training is running</source>
        <translation>Ein Training läuft</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>Das Training anhalten?</translation>
    </message>
    <message>
        <source>It can be resumed later where it was last saved. Decisions are saved in any case.</source>
        <translation>Es lässt sich später dort fortsetzen, wo es zuletzt gespeichert wurde. Entscheidungen sind in jedem Fall gespeichert.</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>Training anhalten</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>What to do next</source>
        <extracomment>Most pixels of a line that is still read at a glance.</extracomment>
        <translation>Wie es weitergeht</translation>
    </message>
    <message>
        <source>Every image of this list is read. {0} suspicious ones are left.</source>
        <translation>Alle Bilder dieser Liste sind gelesen. {0} verdächtige sind noch übrig.</translation>
    </message>
    <message>
        <source>Every suspicious image is read.</source>
        <translation>Alle verdächtigen Bilder sind gelesen.</translation>
    </message>
    <message>
        <source>Check a sample of the clean images blindly</source>
        <translation>Eine Stichprobe der sauberen Bilder blind prüfen</translation>
    </message>
    <message>
        <source>Tells how many wrong labels the list has missed; their verdict is hidden.</source>
        <translation>Sagt, wie viele falsche Labels der Liste entgangen sind; ihr Urteil ist verborgen.</translation>
    </message>
    <message>
        <source>Look at the ambiguous ones again</source>
        <translation>Die unklaren noch einmal ansehen</translation>
    </message>
</context>
<context>
    <name>TableOptionsForm</name>
    <message>
        <source>How to read the table</source>
        <extracomment>A split has few values; a column with more is none.</extracomment>
        <translation>Wie die Tabelle zu lesen ist</translation>
    </message>
    <message>
        <source>the table&apos;s own folder</source>
        <translation>der Ordner der Tabelle</translation>
    </message>
    <message>
        <source>Image folder</source>
        <translation>Bildordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the image folder</source>
        <translation>Den Bildordner wählen</translation>
    </message>
    <message>
        <source>Sheet of the workbook</source>
        <translation>Blatt der Arbeitsmappe</translation>
    </message>
    <message>
        <source>Column with the image</source>
        <translation>Spalte mit dem Bild</translation>
    </message>
    <message>
        <source>Column with the label</source>
        <translation>Spalte mit dem Label</translation>
    </message>
    <message>
        <source>Disease to look at</source>
        <translation>Zu betrachtende Krankheit</translation>
    </message>
    <message>
        <source>Column with the patient</source>
        <translation>Spalte mit dem Patienten</translation>
    </message>
    <message>
        <source>Column with the split</source>
        <translation>Spalte mit der Aufteilung</translation>
    </message>
    <message>
        <source>Rows to take</source>
        <translation>Zu nehmende Zeilen</translation>
    </message>
    <message>
        <source>none; several with commas between</source>
        <translation>keine; mehrere mit Kommas</translation>
    </message>
    <message>
        <source>Classes to leave out</source>
        <translation>Wegzulassende Klassen</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Erneut lesen</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Blatt</translation>
    </message>
    <message>
        <source>Image column</source>
        <translation>Bildspalte</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>Labelspalte</translation>
    </message>
    <message>
        <source>Disease</source>
        <translation>Krankheit</translation>
    </message>
    <message>
        <source>Patient column</source>
        <translation>Patientenspalte</translation>
    </message>
    <message>
        <source>Split column</source>
        <translation>Aufteilungsspalte</translation>
    </message>
    <message>
        <source>by the names of the files</source>
        <translation>nach den Namen der Dateien</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none: take the label column</source>
        <translation>keine: die Labelspalte verwenden</translation>
    </message>
    <message>
        <source>by its name: none found</source>
        <translation>nach ihrem Namen: keine gefunden</translation>
    </message>
    <message>
        <source>by its name: {name}</source>
        <translation>nach ihrem Namen: {name}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
</context>
<context>
    <name>ThisComputerDialog</name>
    <message>
        <source>This computer</source>
        <translation>Dieser Computer</translation>
    </message>
    <message>
        <source>The engine is started once to see what it can do: this takes some seconds.</source>
        <translation>Die Engine wird einmal gestartet, um zu sehen, was sie kann: Das dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy it as text for a report of an error; your home folder is not named</source>
        <translation>Als Text für eine Fehlermeldung kopieren; Ihr persönlicher Ordner wird nicht genannt</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>Die GPU dieses Computers verwenden…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>Dieser Computer wird geprüft…</translation>
    </message>
    <message>
        <source>Something does not work on this computer</source>
        <translation>Auf diesem Computer funktioniert etwas nicht</translation>
    </message>
    <message>
        <source>All works on this computer, with a limit</source>
        <translation>Auf diesem Computer funktioniert alles, mit Einschränkungen</translation>
    </message>
    <message>
        <source>All works on this computer</source>
        <translation>Auf diesem Computer funktioniert alles</translation>
    </message>
    <message>
        <source>This computer could not be looked at</source>
        <translation>Dieser Computer konnte nicht geprüft werden</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Limited</source>
        <translation>Eingeschränkt</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>The check could not be started: {reason}.</source>
        <translation>Die Prüfung konnte nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>The check ended with exit code {code}: {words} Check again; if that does not help, install QMix again.</source>
        <translation>Die Prüfung endete mit dem Code {code}: {words} Prüfen Sie erneut; wenn das nicht hilft, installieren Sie QMix neu.</translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message>
        <source>Loading…</source>
        <extracomment>What a text over a photograph stands on. Of the accent in the ground of a selected tile. A picture from the cache whose file is missing; 1 is opaque. Several screens of tiles in the size that they are painted in.</extracomment>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>Die Datei fehlt</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>blind check</source>
        <translation>Blindprüfung</translation>
    </message>
    <message>
        <source>no verdict yet</source>
        <translation>noch kein Urteil</translation>
    </message>
</context>
<context>
    <name>Tone</name>
    <message>
        <source>Window {0} · Level {1}</source>
        <extracomment>The values that are shown black and white; black is the greater one in an inverted file. So many pixels of a drag double the window, and move the level by its width.</extracomment>
        <translation>Fenster {0} · Mitte {1}</translation>
    </message>
    <message>
        <source>Brightness {0} % · Contrast {1} %</source>
        <translation>Helligkeit {0} % · Kontrast {1} %</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>No run yet</source>
        <extracomment>In pixels, beside plots: for a few words, for a run, and for its curves or its log.</extracomment>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Training finds the suspicious images. You can review while it runs.</source>
        <translation>Das Training findet die verdächtigen Bilder. Sie können währenddessen prüfen.</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>Training starten</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>For experts</source>
        <translation>Für Fachleute</translation>
    </message>
    <message>
        <source>Curves of the training, for experts</source>
        <translation>Kurven des Trainings, für Fachleute</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>Das Training anhalten</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Results of run {run} are shown</source>
        <translation>Ergebnisse von Lauf {run} werden gezeigt</translation>
    </message>
    <message>
        <source>Train again after corrections: verified labels count as facts.</source>
        <translation>Nach Korrekturen neu trainieren: Bestätigte Labels gelten als Tatsachen.</translation>
    </message>
    <message>
        <source>Retrain…</source>
        <translation>Neu trainieren…</translation>
    </message>
    <message>
        <source>Run {run} is on another computer ({runner}): resume it to find it again there.</source>
        <translation>Lauf {run} ist auf einem anderen Computer ({runner}): Setzen Sie ihn fort, um ihn dort wiederzufinden.</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>auf dem Prozessor</translation>
    </message>
    <message>
        <source>on {device}</source>
        <translation>auf {device}</translation>
    </message>
    <message>
        <source>Run {run} was stopped. It can be resumed where it was last saved.</source>
        <translation>Lauf {run} wurde angehalten. Er lässt sich dort fortsetzen, wo er zuletzt gespeichert wurde.</translation>
    </message>
    <message>
        <source>Warning: {text}</source>
        <translation>Warnung: {text}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>{count} images/s</source>
        <translation>{count} Bilder/s</translation>
    </message>
    <message>
        <source>{count} GB memory</source>
        <translation>{count} GB Speicher</translation>
    </message>
    <message>
        <source>{count} GB of its memory</source>
        <translation>{count} GB Gerätespeicher</translation>
    </message>
    <message>
        <source>No sign of life for {minutes} min. It may be at a long step: wait, or stop it.</source>
        <translation>Seit {minutes} min kein Lebenszeichen. Vielleicht ein langer Schritt: warten oder anhalten.</translation>
    </message>
    <message>
        <source>{count} warnings, see the details</source>
        <translation>{count} Warnungen, siehe Einzelheiten</translation>
    </message>
</context>
<context>
    <name>TrainingPlots</name>
    <message>
        <source>Loss by round</source>
        <extracomment>Marks by bucket, so that the curves do not differ by colour alone; as the bucket symbols. The same in letters, for the names above the plot.</extracomment>
        <translation>Verlust je Runde</translation>
    </message>
    <message>
        <source>Images by round</source>
        <translation>Bilder je Runde</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Images in each bucket</source>
        <translation>Bilder in jeder Gruppe</translation>
    </message>
    <message>
        <source>From the first separation on</source>
        <translation>Ab der ersten Trennung</translation>
    </message>
    <message>
        <source>From the first round on</source>
        <translation>Ab der ersten Runde</translation>
    </message>
    <message>
        <source>network {name}</source>
        <translation>Netz {name}</translation>
    </message>
</context>
<context>
    <name>TrainingThread</name>
    <message>
        <source>The training process could not be started: {reason}.</source>
        <extracomment>How long a run that is told to stop may take before it is ended. Things that may wait. Above it events make the sender wait, and lines of text are dropped. A look at the clock that comes later than this is no sign of patience: the computer slept.</extracomment>
        <translation>Der Trainingsprozess konnte nicht gestartet werden: {reason}.</translation>
    </message>
    <message>
        <source>The training could not be followed any more: {reason}.</source>
        <translation>Das Training konnte nicht weiter verfolgt werden: {reason}.</translation>
    </message>
</context>
<context>
    <name>TrajectoryPlot</name>
    <message>
        <source>{0} in the last round, A and B: {1}</source>
        <translation>{0} in der letzten Runde, A und B: {1}</translation>
    </message>
</context>
<context>
    <name>TrustOffer</name>
    <message>
        <source>Trust this project</source>
        <translation>Diesem Projekt vertrauen</translation>
    </message>
    <message>
        <source>{0} is trusted from now on.</source>
        <translation>{0} gilt ab jetzt als vertrauenswürdig.</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Brightness</source>
        <extracomment>A key that is down for longer is held; seconds.</extracomment>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation>Rotfrei</translation>
    </message>
    <message>
        <source>CLAHE</source>
        <translation>CLAHE</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Show the image as it is in the file</source>
        <translation>Das Bild zeigen, wie es in der Datei ist</translation>
    </message>
    <message>
        <source>Hold: original (H)</source>
        <translation>Halten: Original (H)</translation>
    </message>
    <message>
        <source>The image as it is in the file, while this is held</source>
        <translation>Das Bild, wie es in der Datei ist, solange dies gehalten wird</translation>
    </message>
    <message>
        <source>Brightness and contrast as in the file</source>
        <translation>Helligkeit und Kontrast wie in der Datei</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Finds the images whose label is wrong, or that are too poor to be labelled, and helps you correct them.</source>
        <translation>Findet die Bilder, deren Label falsch ist oder die für ein Label zu schlecht sind, und hilft Ihnen, sie zu berichtigen.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Choose table…</source>
        <translation>Tabelle wählen…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Letzte Projekte</translation>
    </message>
    <message>
        <source>Projects you open appear here.</source>
        <translation>Projekte, die Sie öffnen, erscheinen hier.</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and the original images and tables are never changed.</source>
        <translation>Nichts verlässt diesen Computer, und die Originale von Bildern und Tabellen werden nie verändert.</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why this image</source>
        <extracomment>Plots and neighbours would hold up the next image: they come where the reader stops; in ms.</extracomment>
        <translation>Warum dieses Bild</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>Gegebenes Label</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>Which bucket</source>
        <translation>Welche Gruppe</translation>
    </message>
    <message>
        <source>Most alike</source>
        <translation>Am ähnlichsten</translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation>Kein Bild ist ausgewählt.</translation>
    </message>
    <message>
        <source>This file has changed since the project knew it. Former verdict and decisions are about other content and do not count; take the new content in to review it.</source>
        <translation>Diese Datei hat sich geändert, seit das Projekt sie kannte. Früheres Urteil und frühere Entscheidungen betreffen anderen Inhalt und zählen nicht; übernehmen Sie den neuen Inhalt, um ihn zu prüfen.</translation>
    </message>
    <message>
        <source>The file of this image is missing. Its decisions are kept; training and the cleaned table leave it out until it is back.</source>
        <translation>Die Datei dieses Bildes fehlt. Ihre Entscheidungen bleiben; Training und bereinigte Tabelle lassen es weg, bis sie wieder da ist.</translation>
    </message>
    <message>
        <source>Image quality: {0}, {1}</source>
        <translation>Bildqualität: {0}, {1}</translation>
    </message>
    <message>
        <source>Corrected to</source>
        <translation>Berichtigt zu</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>Sieht aus wie</translation>
    </message>
    <message>
        <source>What the networks see without the label (A above B)</source>
        <translation>Was die Netze ohne das Label sehen (A über B)</translation>
    </message>
    <message>
        <source>Over the rounds (A solid, B dashed)</source>
        <translation>Über die Runden (A durchgezogen, B gestrichelt)</translation>
    </message>
    <message>
        <source>{0} of the networks&apos; rounds say so. Loss {1}, above that of {2} of all images; uncertainty {3}, above that of {4}.</source>
        <translation>{0} der Runden der Netze sagen das. Verlust {1}, höher als bei {2} aller Bilder; Unsicherheit {3}, höher als bei {4}.</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>verborgen</translation>
    </message>
    <message>
        <source>{0}, {1} UTC</source>
        <translation>{0}, {1} UTC</translation>
    </message>
    <message>
        <source>Image quality: fine, says the reader</source>
        <translation>Bildqualität: gut, sagt der Befunder</translation>
    </message>
    <message>
        <source>Image quality: poor, says the reader</source>
        <translation>Bildqualität: schlecht, sagt der Befunder</translation>
    </message>
    <message>
        <source>Reason: {0}</source>
        <translation>Grund: {0}</translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation>Notiz: {0}</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>About QMix GUI</source>
        <translation>Über QMix GUI</translation>
    </message>
    <message>
        <source>Finds wrong labels and poor images in medical image datasets. For research: not a medical device. Nothing leaves this computer.</source>
        <translation>Findet falsche Labels und schlechte Bilder in medizinischen Bilddatensätzen. Für die Forschung: kein Medizinprodukt. Nichts verlässt diesen Computer.</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>The training is done: its results are shown.</source>
        <translation>Das Training ist fertig: Seine Ergebnisse werden gezeigt.</translation>
    </message>
    <message>
        <source>The training has not ended: these are its first results.</source>
        <translation>Das Training kam nicht zu Ende: Das sind seine ersten Ergebnisse.</translation>
    </message>
    <message>
        <source>Training failed. {reason}</source>
        <translation>Das Training ist fehlgeschlagen. {reason}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation>Lauf fortsetzen</translation>
    </message>
    <message>
        <source>There are no results to show yet.</source>
        <translation>Es gibt noch keine Ergebnisse.</translation>
    </message>
    <message>
        <source>These are first results: they change until the training ends.</source>
        <translation>Das sind erste Ergebnisse: Sie ändern sich, bis das Training endet.</translation>
    </message>
    <message>
        <source>The results of run {run} are shown.</source>
        <translation>Die Ergebnisse von Lauf {run} werden gezeigt.</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Was sich geändert hat</translation>
    </message>
</context>
<context>
    <name>WorkspaceActions</name>
    <message>
        <source>Open the project that {name} is about first, then drop it there.</source>
        <translation>Öffnen Sie zuerst das Projekt, zu dem {name} gehört, und legen Sie die Datei dann dort ab.</translation>
    </message>
</context>
<context>
    <name>_Picture</name>
    <message>
        <source>Reading…</source>
        <extracomment>Kinds in which one of the labels must be wrong.</extracomment>
        <translation>Wird gelesen…</translation>
    </message>
</context>
<context>
    <name>_Ramp</name>
    <message>
        <source>Colours of the map, from little to much</source>
        <translation>Farben der Karte, von wenig bis viel</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Open dataset folder…</source>
        <translation>Datensatzordner öffnen…</translation>
    </message>
    <message>
        <source>Open label table…</source>
        <translation>Labeltabelle öffnen…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Open reading package…</source>
        <translation>Befundpaket öffnen…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ausprobieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Check the image files…</source>
        <translation>Bilddateien prüfen…</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name…</source>
        <translation>Name der prüfenden Person…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>Projekt schließen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Retrain…</source>
        <translation>Neu trainieren…</translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation>Lauf fortsetzen</translation>
    </message>
    <message>
        <source>Pause training</source>
        <translation>Training pausieren</translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation>Training abbrechen</translation>
    </message>
    <message>
        <source>Details of the run</source>
        <translation>Einzelheiten des Laufs</translation>
    </message>
    <message>
        <source>What changed since the last run</source>
        <translation>Was sich seit dem letzten Lauf geändert hat</translation>
    </message>
    <message>
        <source>Start review</source>
        <translation>Durchsicht beginnen</translation>
    </message>
    <message>
        <source>Accept the suggestion</source>
        <translation>Den Vorschlag annehmen</translation>
    </message>
    <message>
        <source>Keep the given label</source>
        <translation>Das gegebene Label behalten</translation>
    </message>
    <message>
        <source>Exclude the image</source>
        <translation>Das Bild ausschließen</translation>
    </message>
    <message>
        <source>Ask for a re-take</source>
        <translation>Neue Aufnahme anfordern</translation>
    </message>
    <message>
        <source>Keep, poor image</source>
        <translation>Behalten, schlechtes Bild</translation>
    </message>
    <message>
        <source>Image quality is fine</source>
        <translation>Bildqualität ist gut</translation>
    </message>
    <message>
        <source>Mark as ambiguous</source>
        <translation>Als mehrdeutig markieren</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>Notiz schreiben…</translation>
    </message>
    <message>
        <source>Find similar images…</source>
        <translation>Ähnliche Bilder finden…</translation>
    </message>
    <message>
        <source>History of the image…</source>
        <translation>Verlauf des Bildes…</translation>
    </message>
    <message>
        <source>What counts as poor…</source>
        <translation>Was als schlecht gilt …</translation>
    </message>
    <message>
        <source>Classes…</source>
        <translation>Klassen…</translation>
    </message>
    <message>
        <source>Package for a second reader…</source>
        <translation>Paket für eine Zweitbefundung…</translation>
    </message>
    <message>
        <source>Merge answers or decisions of others…</source>
        <translation>Antworten oder Entscheidungen anderer einlesen…</translation>
    </message>
    <message>
        <source>Agreement of the readers…</source>
        <translation>Übereinstimmung der Befundenden…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next unreviewed image</source>
        <translation>Nächstes ungeprüftes Bild</translation>
    </message>
    <message>
        <source>Open the viewer</source>
        <translation>Großansicht öffnen</translation>
    </message>
    <message>
        <source>Back to the gallery</source>
        <translation>Zurück zur Galerie</translation>
    </message>
    <message>
        <source>Show or hide the filters</source>
        <translation>Filter ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Why this verdict</source>
        <translation>Warum dieses Urteil</translation>
    </message>
    <message>
        <source>Training and separation (for experts)</source>
        <translation>Training und Trennung (für Fachleute)</translation>
    </message>
    <message>
        <source>Map of the images</source>
        <translation>Karte der Bilder</translation>
    </message>
    <message>
        <source>Only the photograph</source>
        <translation>Nur das Foto</translation>
    </message>
    <message>
        <source>List all images</source>
        <translation>Alle Bilder auflisten</translation>
    </message>
    <message>
        <source>List: clean</source>
        <translation>Liste: sauber</translation>
    </message>
    <message>
        <source>List: mislabeled, high quality</source>
        <translation>Liste: falsch gelabelt, gute Qualität</translation>
    </message>
    <message>
        <source>List: mislabeled, low quality</source>
        <translation>Liste: falsch gelabelt, schlechte Qualität</translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation>Rotfrei</translation>
    </message>
    <message>
        <source>Local contrast (CLAHE)</source>
        <translation>Lokaler Kontrast (CLAHE)</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>Reset brightness and contrast</source>
        <translation>Helligkeit und Kontrast zurücksetzen</translation>
    </message>
    <message>
        <source>Other eye</source>
        <translation>Anderes Auge</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Attention map</source>
        <translation>Aufmerksamkeitskarte</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Design</translation>
    </message>
    <message>
        <source>Follow the system&apos;s theme</source>
        <translation>Dem Design des Systems folgen</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>Alle Tasten</translation>
    </message>
    <message>
        <source>This computer…</source>
        <translation>Dieser Computer…</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>Den Protokollordner öffnen</translation>
    </message>
    <message>
        <source>About QMix GUI</source>
        <translation>Über QMix GUI</translation>
    </message>
    <message>
        <source>Label as class {0}</source>
        <extracomment>A key for each digit, for whichever project is open; in no menu.</extracomment>
        <translation>Als Klasse {0} labeln</translation>
    </message>
</context>
<context>
    <name>alike</name>
    <message>
        <source>Almost the same</source>
        <extracomment>Beyond, a list is no help: the most alike are kept. The slider goes over these cosines. Features are centred, so 0 is any two images of the set. A list starts with about so many images.</extracomment>
        <translation>Fast gleich</translation>
    </message>
    <message>
        <source>Very much alike</source>
        <translation>Sehr ähnlich</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>Ähnlich</translation>
    </message>
    <message>
        <source>Somewhat alike</source>
        <translation>Etwas ähnlich</translation>
    </message>
    <message>
        <source>Loosely alike</source>
        <translation>Entfernt ähnlich</translation>
    </message>
</context>
<context>
    <name>bucket_style</name>
    <message>
        <source>Clean</source>
        <extracomment>Photographs are judged on the same dark ground in both themes.</extracomment>
        <translation>Sauber</translation>
    </message>
    <message>
        <source>Mislabeled - high quality</source>
        <translation>Falsch gelabelt - gut</translation>
    </message>
    <message>
        <source>Mislabeled - low quality</source>
        <translation>Falsch gelabelt - schlecht</translation>
    </message>
    <message>
        <source>No verdict yet</source>
        <translation>Noch kein Urteil</translation>
    </message>
    <message>
        <source>Blind check</source>
        <translation>Blindprüfung</translation>
    </message>
    <message>
        <source>Unreviewed</source>
        <translation>Ungeprüft</translation>
    </message>
    <message>
        <source>Label kept</source>
        <translation>Label behalten</translation>
    </message>
    <message>
        <source>Relabeled</source>
        <translation>Label geändert</translation>
    </message>
    <message>
        <source>Kept, poor image</source>
        <translation>Behalten, schlechtes Bild</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>Mehrdeutig</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation>Neu aufnehmen</translation>
    </message>
    <message>
        <source>File altered</source>
        <extracomment>By the values of FileMark.</extracomment>
        <translation>Datei verändert</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
</context>
<context>
    <name>child_end</name>
    <message>
        <source>The training process crashed inside a library ({name}).</source>
        <translation>Der Trainingsprozess ist in einer Bibliothek abgestürzt ({name}).</translation>
    </message>
    <message>
        <source>The training process was ended from outside ({name}).</source>
        <translation>Der Trainingsprozess wurde von außen beendet ({name}).</translation>
    </message>
    <message>
        <source>The training process was ended by the system, probably because the computer ran out of memory.</source>
        <translation>Der Trainingsprozess wurde vom System beendet, wahrscheinlich weil dem Computer der Speicher ausging.</translation>
    </message>
    <message>
        <source>The training was stopped before it was done.</source>
        <extracomment>Exit codes of Windows from here on are exceptions such as an access violation.</extracomment>
        <translation>Das Training wurde angehalten, bevor es fertig war.</translation>
    </message>
    <message>
        <source>The training process ended without a result (exit code {code}).</source>
        <translation>Der Trainingsprozess endete ohne Ergebnis (Rückgabewert {code}).</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Preparing an empty environment</source>
        <translation>Eine leere Umgebung wird vorbereitet</translation>
    </message>
    <message>
        <source>Fetching and installing the libraries</source>
        <translation>Die Bibliotheken werden geholt und installiert</translation>
    </message>
    <message>
        <source>torch&apos;s own index cannot be reached: fetching from the usual one instead</source>
        <translation>Der eigene Index von torch ist nicht erreichbar: Es wird aus dem üblichen geholt</translation>
    </message>
    <message>
        <source>Trying it: the engine computes once</source>
        <translation>Probe: Die Engine rechnet einmal</translation>
    </message>
    <message>
        <source>There is none: QMix&apos;s own Python trains.</source>
        <translation>Es gibt keine: Das eigene Python von QMix trainiert.</translation>
    </message>
    <message>
        <source>torch {torch} on {device}, {size} GB in {folder}.</source>
        <translation>torch {torch} auf {device}, {size} GB in {folder}.</translation>
    </message>
    <message>
        <source>It is of another version of QMix: update it.</source>
        <translation>Sie gehört zu einer anderen Version von QMix: Aktualisieren Sie sie.</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Cleaned labels</source>
        <extracomment>Kind, name, sentence; in two columns, row by row.</extracomment>
        <translation>Bereinigte Labels</translation>
    </message>
    <message>
        <source>The kept images with corrected labels, in the form of the imported table.</source>
        <translation>Die behaltenen Bilder mit berichtigten Labels, in der Form, in der die Labels kamen.</translation>
    </message>
    <message>
        <source>Cleaned folder</source>
        <translation>Bereinigter Ordner</translation>
    </message>
    <message>
        <source>The kept images themselves, in one folder for each class.</source>
        <translation>Die behaltenen Bilder selbst, in einem Ordner je Klasse.</translation>
    </message>
    <message>
        <source>Excluded images</source>
        <translation>Ausgeschlossene Bilder</translation>
    </message>
    <message>
        <source>The images to leave out or to take again, each with its reason.</source>
        <translation>Die wegzulassenden oder neu aufzunehmenden Bilder, jedes mit seinem Grund.</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>What was found and changed, as one page to read, send or print.</source>
        <translation>Was gefunden und geändert wurde, als eine Seite zum Lesen, Senden oder Drucken.</translation>
    </message>
    <message>
        <source>All scores</source>
        <translation>Alle Werte</translation>
    </message>
    <message>
        <source>Every image with its bucket, probabilities and review state.</source>
        <translation>Jedes Bild mit Gruppe, Wahrscheinlichkeiten und Prüfstand.</translation>
    </message>
    <message>
        <source>Decision log</source>
        <translation>Entscheidungsprotokoll</translation>
    </message>
    <message>
        <source>Who decided what and when, each row sealed by a hash.</source>
        <translation>Wer wann was entschieden hat, jede Zeile mit einem Hash versiegelt.</translation>
    </message>
    <message>
        <source>For cleanlab</source>
        <translation>Für cleanlab</translation>
    </message>
    <message>
        <source>Label issues and predictions of the last run, as cleanlab has them.</source>
        <translation>Labelprobleme und Vorhersagen des letzten Laufs, in der Form von cleanlab.</translation>
    </message>
    <message>
        <source>For FiftyOne</source>
        <translation>Für FiftyOne</translation>
    </message>
    <message>
        <source>A folder that FiftyOne opens; the images stay where they are.</source>
        <translation>Ein Ordner, den FiftyOne öffnet; die Bilder bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>For Label Studio</source>
        <translation>Für Label Studio</translation>
    </message>
    <message>
        <source>Labels and suggestions as tasks to import; the images stay where they are.</source>
        <translation>Labels und Vorschläge als Aufgaben zum Importieren; die Bilder bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>For Hugging Face</source>
        <translation>Für Hugging Face</translation>
    </message>
    <message>
        <source>The kept images as an ImageFolder, with their labels in metadata.csv.</source>
        <translation>Die behaltenen Bilder als ImageFolder, mit ihren Labels in metadata.csv.</translation>
    </message>
</context>
<context>
    <name>group_facets</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Read by one</source>
        <extracomment>The others are folded until they are asked for or chosen; these hide where they are empty.</extracomment>
        <translation>Von einer Person befundet</translation>
    </message>
    <message>
        <source>Readers agree</source>
        <translation>Befundende einig</translation>
    </message>
    <message>
        <source>Readers disagree</source>
        <translation>Befundende uneinig</translation>
    </message>
    <message>
        <source>Adjudicated</source>
        <translation>Abschließend geklärt</translation>
    </message>
    <message>
        <source>One eye, several labels</source>
        <translation>Ein Auge, mehrere Labels</translation>
    </message>
    <message>
        <source>Two eyes, 2 or more grades apart</source>
        <translation>Zwei Augen, 2 oder mehr Grade auseinander</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Label kept</source>
        <translation>Label behalten</translation>
    </message>
    <message>
        <source>Relabeled</source>
        <translation>Neu gelabelt</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>Ausgeschlossen</translation>
    </message>
    <message>
        <source>Re-take asked for</source>
        <translation>Neuaufnahme erbeten</translation>
    </message>
    <message>
        <source>Kept, poor image</source>
        <translation>Behalten, schlechtes Bild</translation>
    </message>
    <message>
        <source>Image quality fine</source>
        <translation>Bildqualität gut</translation>
    </message>
    <message>
        <source>Marked as ambiguous</source>
        <translation>Als mehrdeutig markiert</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>blind check</source>
        <translation>Blindprüfung</translation>
    </message>
    <message>
        <source>settling a disagreement</source>
        <translation>Klärung einer Abweichung</translation>
    </message>
    <message>
        <source>check before training</source>
        <translation>Prüfung vor dem Training</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>aus einer Datei</translation>
    </message>
    <message>
        <source>second reader</source>
        <translation>Zweitleser</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Training</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Prüfung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tools</source>
        <extracomment>Actions of the first pages only, since the tool bar belongs to the workspace; and decisions, whose buttons are beside the images with their keys.</extracomment>
        <translation>Werkzeuge</translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Photographs are shown on the same dark ground in both.</source>
        <translation>Aufnahmen stehen in beiden auf demselben dunklen Grund.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Sentences about files and projects are in English everywhere.</source>
        <translation>Sätze über Dateien und Projekte sind überall auf Englisch.</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>Of all text and controls, on top of the scale of the system.</source>
        <translation>Aller Texte und Bedienelemente, zusätzlich zur Skalierung des Systems.</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation>Name der prüfenden Person</translation>
    </message>
    <message>
        <source>Is written beside every decision from now on.</source>
        <translation>Steht ab jetzt neben jeder Entscheidung.</translation>
    </message>
    <message>
        <source>Referable from grade</source>
        <translation>Überweisen ab Grad</translation>
    </message>
    <message>
        <source>Counted from 0 in the order of the classes: where the order by clinical impact starts from in a project that is opened next.</source>
        <translation>Ab 0 gezählt in der Reihenfolge der Klassen: womit die Reihenfolge nach klinischer Bedeutung im nächsten geöffneten Projekt beginnt.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>What the page before a training starts from.</source>
        <translation>Womit die Seite vor einem Training beginnt.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>A network of timm by name; empty for the one that comes with QMix.</source>
        <translation>Der Name eines Netzes aus timm; leer für das, das mit QMix kommt.</translation>
    </message>
    <message>
        <source>Weights of this encoder</source>
        <translation>Gewichte dieses Encoders</translation>
    </message>
    <message>
        <source>A file on this computer (.pth, .pt, .safetensors).</source>
        <translation>Eine Datei auf diesem Computer (.pth, .pt, .safetensors).</translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>Same image, different labels</source>
        <extracomment>By the kind of a Problem.</extracomment>
        <translation>Gleiches Bild, verschiedene Labels</translation>
    </message>
    <message>
        <source>At least one of the labels is wrong. Choose the right one, or leave the images out.</source>
        <translation>Mindestens eines der Labels ist falsch. Wählen Sie das richtige, oder lassen Sie die Bilder weg.</translation>
    </message>
    <message>
        <source>They look like copies that were made poor. Leave out what cannot be read; the training judges by itself, too, and asks you about them.</source>
        <translation>Sie ähneln Kopien, die verschlechtert wurden. Lassen Sie weg, was nicht zu lesen ist; auch das Training urteilt selbst und fragt Sie danach.</translation>
    </message>
    <message>
        <source>These images are poor, says the table. Leave them out, or keep them: what it says can teach what poor means.</source>
        <translation>Laut Tabelle sind diese Bilder schlecht. Lassen Sie sie weg oder behalten Sie sie: Was die Tabelle sagt, kann lehren, was schlecht bedeutet.</translation>
    </message>
    <message>
        <source>Nearly the same picture, different labels</source>
        <translation>Fast gleiches Bild, verschiedene Labels</translation>
    </message>
    <message>
        <source>Look whether it is one picture. If so, choose the right label, or leave the images out.</source>
        <translation>Bitte ansehen, ob es dasselbe Bild ist. Wenn ja, wählen Sie das richtige Label, oder lassen Sie die Bilder weg.</translation>
    </message>
    <message>
        <source>Does not look like the others</source>
        <translation>Sieht nicht aus wie die anderen</translation>
    </message>
    <message>
        <source>Perhaps no photograph of the kind, perhaps overexposed or dark. Leave out what does not belong here; poor photographs may stay.</source>
        <translation>Vielleicht keine Aufnahme dieser Art, vielleicht überbelichtet oder dunkel. Weglassen, was nicht hierher gehört; schlechte Aufnahmen dürfen bleiben.</translation>
    </message>
    <message>
        <source>Nearly black, white or flat</source>
        <translation>Fast schwarz, weiß oder ohne Kontrast</translation>
    </message>
    <message>
        <source>If your viewer shows more of them, the files hold values that QMix takes for others: save them in 8 bits, or with a window.</source>
        <translation>Wenn Ihr Betrachtungsprogramm mehr davon zeigt, enthalten die Dateien Werte, die QMix anders deutet: Speichern Sie sie mit 8 Bit oder mit einer Fensterung.</translation>
    </message>
    <message>
        <source>Classes that the files give away</source>
        <translation>Klassen, die schon die Dateien verraten</translation>
    </message>
    <message>
        <source>Which values are black and white</source>
        <translation>Welche Werte Schwarz und Weiß sind</translation>
    </message>
    <message>
        <source>Perhaps text in the picture</source>
        <translation>Vielleicht Text im Bild</translation>
    </message>
    <message>
        <source>A name or date in the picture can identify a person, and a network can learn from it. QMix does not remove it.</source>
        <translation>Ein Name oder Datum im Bild kann eine Person identifizieren, und ein Netz kann daraus lernen. QMix entfernt den Text nicht.</translation>
    </message>
    <message>
        <source>Unreadable images, left out</source>
        <translation>Unlesbare Bilder, weggelassen</translation>
    </message>
    <message>
        <source>These files cannot be opened. They are left out anyway.</source>
        <translation>Diese Dateien lassen sich nicht öffnen. Sie werden ohnehin weggelassen.</translation>
    </message>
    <message>
        <source>Named in the table, but not found</source>
        <translation>In der Tabelle genannt, aber nicht gefunden</translation>
    </message>
    <message>
        <source>Without a label in the table</source>
        <translation>Ohne Label in der Tabelle</translation>
    </message>
    <message>
        <source>They are not trained on. Give them a label in the review.</source>
        <translation>Mit ihnen wird nicht trainiert. Geben Sie ihnen bei der Prüfung ein Label.</translation>
    </message>
    <message>
        <source>Images without any label, left out</source>
        <translation>Bilder ganz ohne Label, weggelassen</translation>
    </message>
    <message>
        <source>No row of the table and no class folder names these images.</source>
        <translation>Keine Zeile der Tabelle und kein Klassenordner nennt diese Bilder.</translation>
    </message>
    <message>
        <source>Classes that are spelt alike</source>
        <translation>Ähnlich geschriebene Klassen</translation>
    </message>
    <message>
        <source>Case, blanks or the form of a letter differ. If they are one class, merge them.</source>
        <translation>Groß- und Kleinschreibung, Leerzeichen oder die Form eines Buchstabens unterscheiden sich. Wenn es eine Klasse ist, führen Sie sie zusammen.</translation>
    </message>
    <message>
        <source>Several labels in one cell</source>
        <translation>Mehrere Labels in einer Zelle</translation>
    </message>
    <message>
        <source>Each combination counts as a class of its own. Choose one disease under Labels, Change…, to label each image yes or no.</source>
        <translation>Jede Kombination zählt als eigene Klasse. Wählen Sie unter Labels, Ändern…, eine Krankheit, um jedes Bild mit Ja oder Nein zu labeln.</translation>
    </message>
    <message>
        <source>Numbers written in two ways</source>
        <translation>Zahlen in zwei Schreibweisen</translation>
    </message>
    <message>
        <source>Matched by similar names</source>
        <translation>Über ähnliche Namen zugeordnet</translation>
    </message>
    <message>
        <source>The table names these files in another way. Look whether they are meant.</source>
        <translation>Die Tabelle nennt diese Dateien anders. Bitte ansehen, ob sie gemeint sind.</translation>
    </message>
    <message>
        <source>The column that names the images</source>
        <translation>Die Spalte, die die Bilder nennt</translation>
    </message>
    <message>
        <source>Folders that are no part of the dataset</source>
        <translation>Ordner, die nicht zum Datensatz gehören</translation>
    </message>
    <message>
        <source>By their names they hold masks, thumbnails or deleted files, no photographs with labels.</source>
        <translation>Ihren Namen nach enthalten sie Masken, Vorschaubilder oder gelöschte Dateien, keine Aufnahmen mit Labels.</translation>
    </message>
    <message>
        <source>The folder that is read</source>
        <translation>Der Ordner, der gelesen wird</translation>
    </message>
    <message>
        <source>Folders inside of class folders</source>
        <translation>Ordner in Klassenordnern</translation>
    </message>
    <message>
        <source>Tables that are not read</source>
        <translation>Tabellen, die nicht gelesen werden</translation>
    </message>
    <message>
        <source>Files that cannot be read here</source>
        <translation>Dateien, die hier nicht lesbar sind</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>Andere Dateien</translation>
    </message>
    <message>
        <source>Classes left out</source>
        <translation>Weggelassene Klassen</translation>
    </message>
    <message>
        <source>Perhaps ungradable</source>
        <translation>Vielleicht nicht beurteilbar</translation>
    </message>
    <message>
        <source>Judged too poor to read</source>
        <translation>Als unlesbar beurteilt</translation>
    </message>
    <message>
        <source>Image quality as judged here</source>
        <translation>Bildqualität, wie hier beurteilt</translation>
    </message>
    <message>
        <source>Image quality by the table</source>
        <translation>Bildqualität laut Tabelle</translation>
    </message>
    <message>
        <source>One patient in several splits</source>
        <translation>Ein Patient in mehreren Aufteilungen</translation>
    </message>
    <message>
        <source>A network that has learned from one eye is tested on the other: results look better than they are. Split by patient.</source>
        <translation>Ein Netz, das an einem Auge gelernt hat, wird am anderen getestet: Ergebnisse sehen besser aus, als sie sind. Nach Patienten aufteilen.</translation>
    </message>
    <message>
        <source>Splits of the table</source>
        <translation>Aufteilungen der Tabelle</translation>
    </message>
    <message>
        <source>Patients with different labels</source>
        <translation>Patienten mit verschiedenen Labels</translation>
    </message>
    <message>
        <source>Both eyes may well differ. Look whether the labels were swapped or only one eye was graded.</source>
        <translation>Beide Augen können sich durchaus unterscheiden. Bitte ansehen, ob die Labels vertauscht wurden oder nur ein Auge beurteilt wurde.</translation>
    </message>
    <message>
        <source>One disease of several</source>
        <translation>Eine Krankheit von mehreren</translation>
    </message>
    <message>
        <source>Labels of a patient, not of an eye</source>
        <translation>Labels eines Patienten, nicht eines Auges</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>Patienten</translation>
    </message>
    <message>
        <source>Named more than once</source>
        <translation>Mehrfach genannt</translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation>Identische Dateien</translation>
    </message>
    <message>
        <source>The same file under several names counts more than others, and in two splits it spoils a test. The first is kept.</source>
        <translation>Dieselbe Datei unter mehreren Namen zählt mehr als andere, und in zwei Aufteilungen verdirbt sie einen Test. Die erste bleibt.</translation>
    </message>
    <message>
        <source>Nearly the same picture</source>
        <translation>Fast gleiches Bild</translation>
    </message>
    <message>
        <source>Copies saved again, scaled or brightened, or two photographs a moment apart. The largest is kept.</source>
        <translation>Neu gespeicherte, skalierte oder aufgehellte Kopien, oder zwei Aufnahmen kurz nacheinander. Die größte bleibt.</translation>
    </message>
    <message>
        <source>Unusual size or shape</source>
        <translation>Ungewöhnliche Größe oder Form</translation>
    </message>
    <message>
        <source>Few other images have this size: perhaps a crop, a screenshot or another camera.</source>
        <translation>Wenige andere Bilder haben diese Größe: vielleicht ein Ausschnitt, ein Bildschirmfoto oder eine andere Kamera.</translation>
    </message>
    <message>
        <source>Very small images</source>
        <translation>Sehr kleine Bilder</translation>
    </message>
    <message>
        <source>So few pixels show nothing that could be graded.</source>
        <translation>So wenige Pixel zeigen nichts, was sich beurteilen ließe.</translation>
    </message>
    <message>
        <source>Animations and several pages</source>
        <translation>Animationen und mehrere Seiten</translation>
    </message>
    <message>
        <source>Only the first frame or page is used.</source>
        <translation>Nur das erste Einzelbild oder die erste Seite wird verwendet.</translation>
    </message>
    <message>
        <source>Classes with few images</source>
        <translation>Klassen mit wenigen Bildern</translation>
    </message>
    <message>
        <source>Folders without images</source>
        <translation>Ordner ohne Bilder</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
</context>
<context>
    <name>quality</name>
    <message>
        <source>Blurred</source>
        <translation>Unscharf</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Glare</source>
        <translation>Reflexe</translation>
    </message>
    <message>
        <source>Field of view</source>
        <translation>Bildausschnitt</translation>
    </message>
    <message>
        <source>Hazy</source>
        <translation>Trüb</translation>
    </message>
    <message>
        <source>Not this kind of image</source>
        <translation>Andere Art von Bild</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>Brauchbar</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>Schlecht</translation>
    </message>
    <message>
        <source>out of focus</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>uneven light</source>
        <translation>ungleiches Licht</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>dunkel</translation>
    </message>
    <message>
        <source>light leak</source>
        <translation>Lichteinfall</translation>
    </message>
    <message>
        <source>haze</source>
        <translation>Trübung</translation>
    </message>
    <message>
        <source>faded</source>
        <translation>verblasst</translation>
    </message>
    <message>
        <source>spots</source>
        <translation>Flecken</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>zu hell</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verwackelt</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>too few pixels</source>
        <translation>zu wenige Pixel</translation>
    </message>
</context>
<context>
    <name>run_options</name>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>How the networks are trained.</source>
        <translation>Wie die Netze trainiert werden.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Standard where this computer has a GPU, quick where it has none.</source>
        <translation>Standard, wenn dieser Computer eine GPU hat, sonst Schnell.</translation>
    </message>
    <message>
        <source>The encoder stays as it is; minutes, even without a GPU.</source>
        <translation>Der Encoder bleibt, wie er ist; Minuten, auch ohne GPU.</translation>
    </message>
    <message>
        <source>Trains the encoder too. A GPU is recommended: it takes hours without one.</source>
        <translation>Trainiert auch den Encoder. Eine GPU wird empfohlen: Ohne dauert es Stunden.</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>Encoder</translation>
    </message>
    <message>
        <source>Network that sees the images: a name of timm (“vit_small_patch16_224”), or of torchvision (“torchvision:resnet50”). Empty: the one that comes with QMix.</source>
        <translation>Netz, das die Bilder sieht: ein Name aus timm („vit_small_patch16_224“) oder aus torchvision („torchvision:resnet50“). Leer: das, das mit QMix kommt.</translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation>Gewichtsdatei</translation>
    </message>
    <message>
        <source>The encoder&apos;s weights (.pth, .pt, .safetensors). The word “download” fetches the published ones once, from Hugging Face or PyTorch; no image and no label is sent.</source>
        <translation>Die Gewichte des Encoders (.pth, .pt, .safetensors). Das Wort „download“ lädt die veröffentlichten einmal herunter, von Hugging Face oder PyTorch; kein Bild und kein Label wird gesendet.</translation>
    </message>
    <message>
        <source>Vectors of the images</source>
        <translation>Vektoren der Bilder</translation>
    </message>
    <message>
        <source>Made elsewhere (.npz, .csv, .parquet), in place of the encoder: an image and its vector in each row.</source>
        <translation>Anderswo erstellt (.npz, .csv, .parquet), anstelle des Encoders: in jeder Zeile ein Bild und sein Vektor.</translation>
    </message>
    <message>
        <source>Passes in each round</source>
        <translation>Durchgänge in jeder Runde</translation>
    </message>
    <message>
        <source>How often the networks see each image in a round.</source>
        <translation>Wie oft die Netze jedes Bild in einer Runde sehen.</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Batchgröße</translation>
    </message>
    <message>
        <source>How many images are trained on at a time.</source>
        <translation>Mit wie vielen Bildern auf einmal trainiert wird.</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>Side in pixels of the square that the encoder sees.</source>
        <translation>Seite des Quadrats in Pixeln, das der Encoder sieht.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert (Seed)</translation>
    </message>
    <message>
        <source>The same seed gives the same result.</source>
        <translation>Derselbe Startwert ergibt dasselbe Ergebnis.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>What computes: auto, cpu, cuda, a certain GPU such as cuda:1, or mps.</source>
        <translation>Womit gerechnet wird: auto, cpu, cuda, eine bestimmte GPU wie cuda:1, oder mps.</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Where the training runs: local is this computer; python:/path/to/python another environment of it; ssh:HOST another computer; srun:PARTITION a cluster. The originals stay here.</source>
        <translation>Wo das Training läuft: local ist dieser Computer; python:/pfad/zu/python eine andere Umgebung darauf; ssh:HOST ein anderer Computer; srun:PARTITION ein Cluster. Die Originale bleiben hier.</translation>
    </message>
    <message>
        <source>Folder there</source>
        <translation>Ordner dort</translation>
    </message>
    <message>
        <source>Where another computer keeps what it needs for the run. Empty: in its cache folder.</source>
        <translation>Wo ein anderer Computer ablegt, was er für den Lauf braucht. Leer: in seinem Cache-Ordner.</translation>
    </message>
    <message>
        <source>Keep the files there</source>
        <translation>Dateien dort behalten</translation>
    </message>
    <message>
        <source>What was sent stays on the other computer after the run, so that the next run does not send it again.</source>
        <translation>Was gesendet wurde, bleibt nach dem Lauf auf dem anderen Computer, damit der nächste Lauf es nicht noch einmal sendet.</translation>
    </message>
    <message>
        <source>Mirror images</source>
        <translation>Bilder spiegeln</translation>
    </message>
    <message>
        <source>Where left and right have a meaning, views must not mirror an image.</source>
        <translation>Wo links und rechts eine Bedeutung haben, dürfen Ansichten ein Bild nicht spiegeln.</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Schnell</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>{name} is not a QMix project: its database is gone.</source>
        <translation>{name} ist kein QMix-Projekt: Die Datenbank ist weg.</translation>
    </message>
    <message>
        <source>Several things at once: drop one folder, table or project.</source>
        <translation>Mehrere Dinge zugleich: Legen Sie einen Ordner, eine Tabelle oder ein Projekt ab.</translation>
    </message>
    <message>
        <source>{name} does not exist any more.</source>
        <translation>{name} gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>{name} is a single image: give the folder that holds the class folders.</source>
        <translation>{name} ist ein einzelnes Bild: Geben Sie den Ordner mit den Klassenordnern an.</translation>
    </message>
    <message>
        <source>{name} is no spreadsheet that is read: save it as XLSX or CSV.</source>
        <translation>{name} ist keine lesbare Tabelle: Speichern Sie sie als XLSX oder CSV.</translation>
    </message>
    <message>
        <source>{name} is an archive: unpack it and give the folder.</source>
        <translation>{name} ist ein Archiv: Entpacken Sie es, und geben Sie den Ordner an.</translation>
    </message>
    <message>
        <source>{name} is neither a folder, a CSV, TSV or XLSX table, nor a QMix project.</source>
        <translation>{name} ist weder ein Ordner noch eine CSV-, TSV- oder XLSX-Tabelle noch ein QMix-Projekt.</translation>
    </message>
</context>
<context>
    <name>this_computer</name>
    <message>
        <source>Python</source>
        <extracomment>What Qt opens itself, and what its plug-in for X11 does; with Debian&apos;s packages.</extracomment>
        <translation>Python</translation>
    </message>
    <message>
        <source>QMix {qmix} on Python {python}, {system}</source>
        <translation>QMix {qmix} auf Python {python}, {system}</translation>
    </message>
    <message>
        <source>Use Python 3.11 to 3.13: others were not tried.</source>
        <translation>Verwenden Sie Python 3.11 bis 3.13: Andere wurden nicht erprobt.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Engine</translation>
    </message>
    <message>
        <source>It does not start here: {error}</source>
        <translation>Sie startet hier nicht: {error}</translation>
    </message>
    <message>
        <source>Install torch again, or let QMix make an engine environment.</source>
        <translation>Installieren Sie torch neu, oder lassen Sie QMix eine Umgebung für die Engine anlegen.</translation>
    </message>
    <message>
        <source>torch {torch}, torchvision {torchvision}; the encoder that comes with QMix sees {speed} images a second on {device}</source>
        <translation>torch {torch}, torchvision {torchvision}; der mitgelieferte Encoder sieht {speed} Bilder pro Sekunde auf {device}</translation>
    </message>
    <message>
        <source>GPU in use</source>
        <translation>Verwendete GPU</translation>
    </message>
    <message>
        <source>This computer has a GPU that this torch does not use.</source>
        <translation>Dieser Computer hat eine GPU, die dieses torch nicht verwendet.</translation>
    </message>
    <message>
        <source>Let QMix make an engine environment: qmix engine make.</source>
        <translation>Lassen Sie QMix eine Umgebung für die Engine anlegen: qmix engine make.</translation>
    </message>
    <message>
        <source>GPU and driver</source>
        <translation>GPU und Treiber</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>An NVIDIA card without a driver</source>
        <translation>Eine NVIDIA-Karte ohne Treiber</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s driver for this system, then start again.</source>
        <translation>Installieren Sie den NVIDIA-Treiber für dieses System und starten Sie dann neu.</translation>
    </message>
    <message>
        <source>None was found: trainings run on the processor, with the preset quick</source>
        <translation>Keine gefunden: Trainings laufen auf dem Prozessor, mit der Voreinstellung quick</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>Umgebung der Engine</translation>
    </message>
    <message>
        <source>None yet: trainings on this computer need one</source>
        <translation>Noch keine: Trainings auf diesem Computer brauchen eine</translation>
    </message>
    <message>
        <source>None: this Python trains itself</source>
        <translation>Keine: Dieses Python trainiert selbst</translation>
    </message>
    <message>
        <source>torch {torch} on {device}, {size} MB in {folder}</source>
        <translation>torch {torch} auf {device}, {size} MB in {folder}</translation>
    </message>
    <message>
        <source>Renew it: it is of another version.</source>
        <translation>Erneuern Sie sie: Sie gehört zu einer anderen Version.</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Arbeitsspeicher</translation>
    </message>
    <message>
        <source>{total} GB, {free} GB of it free; {cores} cores</source>
        <translation>{total} GB, davon {free} GB frei; {cores} Kerne</translation>
    </message>
    <message>
        <source>Choose a small batch size, and close other programs.</source>
        <translation>Wählen Sie eine kleine Stapelgröße und schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Cache folder</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>This folder</source>
        <translation>Dieser Ordner</translation>
    </message>
    <message>
        <source>Temporary files</source>
        <translation>Temporäre Dateien</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason})</source>
        <translation>In {folder} kann nicht geschrieben werden ({reason})</translation>
    </message>
    <message>
        <source>Give yourself the right to write there, or free some space.</source>
        <translation>Geben Sie sich dort Schreibrechte, oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>{folder}: {free} GB free</source>
        <translation>{folder}: {free} GB frei</translation>
    </message>
    <message>
        <source>Free some space: a run needs some gigabytes.</source>
        <translation>Schaffen Sie Platz: Ein Lauf braucht einige Gigabyte.</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>None: the window cannot open here</source>
        <translation>Keine: Das Fenster kann sich hier nicht öffnen</translation>
    </message>
    <message>
        <source>Use the command line, or log in with a desktop (over ssh: ssh -X).</source>
        <translation>Verwenden Sie die Befehlszeile, oder melden Sie sich mit einem Desktop an (über ssh: ssh -X).</translation>
    </message>
    <message>
        <source>Libraries of the window</source>
        <translation>Bibliotheken des Fensters</translation>
    </message>
    <message>
        <source>PySide6 is not installed: there is the command line alone</source>
        <translation>PySide6 ist nicht installiert: Es gibt nur die Befehlszeile</translation>
    </message>
    <message>
        <source>Run pip install PySide6-Essentials to have the window.</source>
        <translation>Führen Sie pip install PySide6-Essentials aus, um das Fenster zu haben.</translation>
    </message>
    <message>
        <source>all are there</source>
        <translation>alle vorhanden</translation>
    </message>
    <message>
        <source>missing: {libraries}</source>
        <translation>es fehlen: {libraries}</translation>
    </message>
    <message>
        <source>On Debian or Ubuntu: apt-get install {packages}</source>
        <translation>Unter Debian oder Ubuntu: apt-get install {packages}</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>Andere Computer</translation>
    </message>
    <message>
        <source>can be reached with {programs}</source>
        <translation>erreichbar mit {programs}</translation>
    </message>
    <message>
        <source>cannot be reached: there is no ssh</source>
        <translation>nicht erreichbar: ssh ist nicht vorhanden</translation>
    </message>
    <message>
        <source>Install the OpenSSH client to train on another computer.</source>
        <translation>Installieren Sie den OpenSSH-Client, um auf einem anderen Computer zu trainieren.</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>less than a minute left</source>
        <extracomment>What a frame and a panel of the system may take of a screen.</extracomment>
        <translation>weniger als eine Minute übrig</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>noch {count} min</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>noch {hours} h {minutes} min</translation>
    </message>
    <message>
        <source>Checking the images</source>
        <translation>Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Sending to the other computer</source>
        <translation>Sende an den anderen Computer</translation>
    </message>
    <message>
        <source>Bringing the results home</source>
        <translation>Hole die Ergebnisse zurück</translation>
    </message>
    <message>
        <source>Looking at the images</source>
        <translation>Die Bilder werden angesehen</translation>
    </message>
    <message>
        <source>Estimating how many labels are wrong</source>
        <translation>Es wird geschätzt, wie viele Labels falsch sind</translation>
    </message>
    <message>
        <source>Learning the labels</source>
        <translation>Die Labels werden gelernt</translation>
    </message>
    <message>
        <source>Looking for wrong labels</source>
        <translation>Falsche Labels werden gesucht</translation>
    </message>
    <message>
        <source>No line to the other computer: the training goes on there, and QMix tries again</source>
        <translation>Keine Verbindung zum anderen Computer: Das Training läuft dort weiter, und QMix versucht es erneut</translation>
    </message>
    <message>
        <source>The line to the other computer is back</source>
        <translation>Die Verbindung zum anderen Computer ist wieder da</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Es beginnt…</translation>
    </message>
    <message>
        <source>{stage}, round {round} of {rounds}</source>
        <translation>{stage}, Runde {round} von {rounds}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Training is done</source>
        <translation>Training ist fertig</translation>
    </message>
    <message>
        <source>Training was cancelled</source>
        <translation>Training wurde abgebrochen</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>Training ist fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>ways</name>
    <message>
        <source>Choose a file…</source>
        <translation>Eine Datei wählen…</translation>
    </message>
    <message>
        <source>Continue with the built-in network</source>
        <translation>Mit dem eingebauten Netz weitermachen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Use the processor</source>
        <translation>Den Prozessor verwenden</translation>
    </message>
    <message>
        <source>Fewer images at a time</source>
        <translation>Weniger Bilder auf einmal</translation>
    </message>
    <message>
        <source>Continue with the quick training</source>
        <translation>Mit dem schnellen Training weitermachen</translation>
    </message>
    <message>
        <source>Run on this computer</source>
        <translation>Auf diesem Computer ausführen</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>The weights of {encoder} could not be downloaded. Choose a file of them on this computer, continue with the network that comes with QMix, or try again when there is a connection.</source>
        <translation>Die Gewichte von {encoder} konnten nicht geladen werden. Wählen Sie eine Datei auf diesem Computer, machen Sie mit dem Netz weiter, das mit QMix kommt, oder versuchen Sie es noch einmal, wenn es eine Verbindung gibt.</translation>
    </message>
    <message>
        <source>{file} cannot be read as weights of {encoder}. Choose another file, or continue with the network that comes with QMix.</source>
        <translation>{file} ist nicht als Gewichte von {encoder} lesbar. Wählen Sie eine andere Datei, oder machen Sie mit dem Netz weiter, das mit QMix kommt.</translation>
    </message>
    <message>
        <source>This computer has no GPU that can be used. The training can run on the processor.</source>
        <translation>Dieser Computer hat keine verwendbare GPU. Das Training kann auf dem Prozessor laufen.</translation>
    </message>
    <message>
        <source>The computer&apos;s memory ran out. Close other programs and try again, or choose a training that needs less.</source>
        <translation>Der Arbeitsspeicher ist ausgegangen. Schließen Sie andere Programme und versuchen Sie es noch einmal, oder wählen Sie ein Training, das weniger braucht.</translation>
    </message>
    <message>
        <source>The memory of the GPU ran out. Close other programs that use it, or choose a training that needs less.</source>
        <translation>Der Speicher der GPU ist ausgegangen. Schließen Sie andere Programme, die sie verwenden, oder wählen Sie ein Training, das weniger braucht.</translation>
    </message>
</context>
</TS>
