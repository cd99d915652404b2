<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>Left out: {dropped}. Look through what was kept: {kept}.</source>
        <extracomment>In the project folder: who has it can compute the pseudonym of any image name. Words in the name of a column that stand for a person, a number of theirs, a file or a day. The same inside of longer words: &quot;PatientNumber&quot;, &quot;patientid&quot;, &quot;Geburtsdatum&quot;.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No column was left out. Look through what was kept: {kept}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About {rate} % of the labels look wrong ({low}–{high} %)</source>
        <extracomment>A smaller share is no finding: it would be told as 0 %.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sign of wrong labels (at most {high} %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sign of wrong labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, {poor} % of the images too poor to read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{true} is labelled {given} in {share} % of its images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run has looked at the file&apos;s new content, so there is no verdict.</source>
        <extracomment>At most so many clean images of a class are compared when no reader has verified any.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blind check: judge the image alone. The verdict is shown once you have decided.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run has looked at this image yet, so there is no verdict.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The networks disagree: A sees {0}, {1}&#xa0;%, B sees {2}, {3}&#xa0;%; the label says {4}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both networks agree with the label {0}, {1}&#xa0;%.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both networks see {0}, {1}&#xa0;%; the label says {2}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They change their minds between views, as with a poor image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the names of the class folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”, patients in “{patient}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AlikeStrip</name>
    <message>
        <source>{0}, verified by a reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, from the clean images: no reader has verified any yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}: no verified and no clean image to compare with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BackgroundJob</name>
    <message>
        <source>Unexpected error: {error}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ClassesDialog</name>
    <message>
        <source>Classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge the class into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Double-click a name, or press F2, to change it. The files stay as they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” become “{new}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” are excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ({0} of them excluded or to re-take already)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; decisions that name it: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggestions follow; retrain to judge by the new classes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” is called “{new}” now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” was merged into “{new}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A change of the classes was undone.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {after} against run {before}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>List these images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} images changed their bucket, {other} have a new suggestion.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {verified} images you verified, the suggestion now agrees with you on {after}; before it was {before}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} excluded or missing images were left out of the new run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images by bucket before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before ↓   after →</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images that changed their bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>The error keeps coming back ({count} times): close QMix and start it again.</source>
        <extracomment>So often while its dialog is open, an error is no accident any more.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every decision made so far is saved; it is safe to go on or to restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep, poor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>suggested</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DecisionDesk</name>
    <message>
        <source>That was the last image of this list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note on {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image was not on the screen yet: press the key again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no suggestion: no run has seen it, or its class was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The suggestion of a blind check is hidden: choose a label yourself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the change of the class {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decided on {0} images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the given labels of {0} images?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exclude {0} images?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a re-take of {0} images?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep {0} images as poor ones?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark {0} images as ambiguous?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept the suggestions for {0} images?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label {0} images as {1}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of them were reviewed before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yes, all {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop zone for a dataset or project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a dataset or project here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder with one sub-folder per class, a CSV or TSV table that names images and labels, or a .qmix project folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be dropped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go to open the project {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let go to check {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without identities</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images and reviewers get pseudonyms; notes, reasons and columns that name a person are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{rows} rows are in {name}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FacetRow</name>
    <message>
        <source>{0}, {1} images</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesDesk</name>
    <message>
        <source>Reading every file…</source>
        <extracomment>A drive that takes longer for a first look may be dead; in ms.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait for the training to end, then find the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for the images in {folder}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} images altered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} renamed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since the project last saw its files: {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images are not at {0} any more. Connect the drive, or find their folder; you can also drop it here. Decisions made so far are safe.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} answers slowly, or not at all. If the images are elsewhere now, find their folder; you can also drop it here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where are the images now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{root}: {matched} of {total} images match, {altered} have other content, {missing} are not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images with other content would be marked as altered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images are read from {0} now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} altered images were taken in, unreviewed. Retrain to judge them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} images were added, unreviewed. Retrain to judge them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesDialog</name>
    <message>
        <source>Files of the dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed in the dataset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files can be taken in and added once the training has ended.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Altered: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file has other content than the project knows. Not trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions are kept. Not trained on, not in the cleaned table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Renamed: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found by their content. Verdicts, decisions and given labels go along.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the project until you add them; without verdict until the next run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The content of {count} files was not read: check every file to be sure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the new content in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add the new images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check every file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>label {0}</source>
        <extracomment>Role of the sample&apos;s position in the project.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>suggested {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Gallery</source>
        <extracomment>The current image has come on the screen.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageStage</name>
    <message>
        <source>No image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in file order until a run has finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} no longer match: list anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image matches the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InlineBar</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} or a click puts this sheet away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A click puts this sheet away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl/Shift+Click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select several images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label, also on the number pad</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select all images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”: choose another, or change that one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} is always “{1}”: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys of all actions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Lifetime</name>
    <message>
        <source>Every decision was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every decision was saved, and a training that was running can go on after its last complete epoch. Open {project} again?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QMix</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QMix GUI did not close properly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Painting the demo photographs…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Painting the demo photographs… {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping the training…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finishing the work on files…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoteBar</name>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should the next reader know?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note on {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clinical impact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Referable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes are taken as grades, in their order. Images first whose suggested grade is on the other side of this one; then by expected shift in grades times its probability.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OtherEye</name>
    <message>
        <source>Other eye</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other eye: {0}, given label {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Progress of the check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This dataset cannot be used as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change how the table is read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the project&apos;s location</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decisions, runs and results go here; the dataset stays untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening every image once…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} images opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This dataset already has a project, {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the image folder or the columns, and read again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to keep the project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreflightReport</name>
    <message>
        <source>Problems by kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every image could be opened, and nothing looks odd.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{classes} classes, {images} images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Things to know: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No problems</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>suggested</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecentProjects</name>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project folder is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project&apos;s database is gone</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <source>Open project {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove from this list (the project stays on disk)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {name} from the list</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecoveryOffer</name>
    <message>
        <source>Recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovering {0}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} was recovered.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Show the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report holds the error, where it happened, and the versions of QMix and of the system; no pictures and no names of images. The whole log is in {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the report</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewKeys</name>
    <message>
        <source>That is the last image of this list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is the first image of this list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every image of this list has been reviewed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>New results are ready. The list stays as it is until you take them.</source>
        <extracomment>Unreadable images come in crowds: the files are looked at once after them; in ms.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image changed its bucket since run {0}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training and separation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide training and separation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} blind checks are among the next images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no image left to check.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image lies in that rectangle.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewQueue</name>
    <message>
        <source>Changed since run {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Altered or missing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewStatus</name>
    <message>
        <source>Share of reviewed images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the reviewer&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reviewer yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewer: {name}. Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · {pace} a minute · suspicious ones: {left}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewerPrompt</name>
    <message>
        <source>Reviewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is reviewing?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name is written beside every decision in this project. It stays on this computer and can be changed at the bottom of the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name or initials</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Log of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training process has said nothing so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RunOptionsForm</name>
    <message>
        <source>Pretrained weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File on this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download (uses the network once)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights file (.pth)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the weights file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About 14 MB come from PyTorch&apos;s server when the training starts, and are kept. No image and no label is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the weights file, or no weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights file does not exist: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{preset} needs pretrained weights: choose a file, or the download.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the preset says</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as the preset says ({epochs})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose pretrained weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SavedFilterMenu</name>
    <message>
        <source>Saved filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SeparationPlot</name>
    <message>
        <source>Separation plot</source>
        <extracomment>A click farther from any point is no click on it; in pixels.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Separation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network A</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network whose separation is drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a rectangle to list only the images inside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom out to all images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first separation of a run appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} points drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} in the plot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After a restart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the weights file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every decision carries a name: the one before is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file {0}: choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} changes when QMix is started again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose pretrained weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Search file names</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed bucket while training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stable verdict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Class deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <source>Choose the dataset folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the table of labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the project folder (.qmix)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>Training is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can go on later after its last complete epoch. Decisions are saved in any case.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableOptionsForm</name>
    <message>
        <source>How to read the table</source>
        <extracomment>A split has few values; a column with more is none.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the table&apos;s own folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the image folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet of the workbook</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column with the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column with the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disease to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column with the patient</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Column with the split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows to take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none; several with commas between</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes to leave out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Image column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disease</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patient column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split column</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by the names of the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by its name: none found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by its name: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message>
        <source>Loading…</source>
        <extracomment>Photographs are judged on the same dark ground in both themes. A picture from the cache whose file is missing; 1 is opaque. Several screens of tiles in the size that they are painted in.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blind check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not separated yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>No run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training finds the suspicious images. You can review while it runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of run {run} are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train again after corrections: verified labels count as facts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrain with corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run {run} was stopped. It can go on after its last complete epoch.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage}, epoch {epoch} of {epochs}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stage}, {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} images/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{device}, preset {preset}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} GB memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No sign of life for {minutes} min. It may be at a long step: wait, or stop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} warnings, see the details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingPlots</name>
    <message>
        <source>Loss by epoch</source>
        <extracomment>Marks by bucket, so that the curves do not differ by colour alone; as the bucket symbols.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images by epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images in each bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>network {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrainingThread</name>
    <message>
        <source>The training process could not be started: {reason}.</source>
        <extracomment>A look at the clock that comes later than this is no sign of patience: the computer slept.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training could not be followed any more: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrajectoryPlot</name>
    <message>
        <source>{0} at the last epoch, A and B: {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrustBox</name>
    <message>
        <source>Progress and trust</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mix in blind checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts {0} random images of Clean and {1} of each other bucket among the next ones. Their verdict is hidden until you have decided, so they tell how often a bucket is right, of so many checks. The ranges are 95 % Wilson intervals; the errors still expected are the share of faulty checks times the images left. Stop when that number is small enough for your purpose. Ambiguous answers do not count.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} {1} reviewed, {2} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>    right {0} of {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors still expected:
unknown without blind checks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors still expected:
{0} ({1} to {2})</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Brightness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1:1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CLAHE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other eye</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the image as it is in the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold: original (H)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The image as it is in the file, while this is held</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Finds the images whose label is wrong, or that are too poor to be labelled, and helps you mend them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose table…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Projects you open appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and the original images and tables are never changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why this image</source>
        <extracomment>Plots and neighbours would hold up the next image: they come where the reader stops; in ms.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What both networks see (A above B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which bucket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over the epochs (A solid, B dashed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This file has changed since the project knew it. Former verdict and decisions are about other content and do not count; take the new content in to review it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file of this image is missing. Its decisions are kept; training and the cleaned table leave it out until it is back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stable over {0} of the separations. Loss higher than that of {1} of all images; loss {2}, uncertainty {3}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given label: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested: {0}, {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Corrected to: {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0}, {1} UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>About QMix GUI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds wrong labels and poor images in medical image datasets. For research: not a medical device. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Training failed. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The results of run {run} are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Small</name>
    <message>
        <source>{0}, similarity {1}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Open dataset folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open label table…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the image files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewer&apos;s name…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retrain with corrections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What changed since the last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept the suggestion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep the given label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exclude the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for a re-take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep, poor image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark as ambiguous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next unreviewed image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Local contrast (CLAHE)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Invert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other eye beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system&apos;s theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About QMix GUI</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label as class {0}</source>
        <extracomment>Classes beyond the ninth have a button but no key. The keys of the first classes, for whichever project is open; in no menu.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>bucket_style</name>
    <message>
        <source>Clean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mislabeled - high quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mislabeled - low quality</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not separated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blind check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreviewed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Relabeled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept, poor image</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File altered</source>
        <extracomment>By the values of FileMark.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File missing</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>child_end</name>
    <message>
        <source>The training process crashed inside a library ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training process was ended from outside ({name}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training process was ended by the system, probably because the computer ran out of memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training was stopped before it was done.</source>
        <extracomment>Exit codes of Windows from here on are exceptions such as an access violation.</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training process ended without a result (exit code {code}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>detached_job</name>
    <message>
        <source>Unexpected error: {error}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Cleaned labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The kept images with corrected labels, in the form the labels came in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Excluded images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The images to leave out or to take again, each with its reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All scores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every image with its bucket, probabilities and review state.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <extracomment>Actions of the first pages only; the tool bar belongs to the workspace.</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Photographs are shown on the same dark ground in both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sentences about files and projects are in English everywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of all text and controls, on top of the scale of the system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is written beside every decision from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Referable from grade</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counted from 0 in the order of the classes: where the order by clinical impact starts from in a project that is opened next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the page before a training starts from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pretrained weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file on this computer (.pth, .safetensors), the word download, or empty for none.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>Same image, different labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable images, left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named in the table, but not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without a label in the table, left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Images without any label, left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Perhaps ungradable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Splits of the table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels of a patient, not of an eye</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Patients</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Named more than once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very small images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Animations and several pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classes with few images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders without images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>run_options</name>
    <message>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the weights below and this computer allow: standard with a GPU, quick without, tiny without weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trains the whole pretrained network. A GPU is recommended: it takes hours without one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pretrained network, left as it is; minutes, even without a GPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tiny</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Small network from scratch, needs no weights. Finds fewer errors on real photographs.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>{name} is not a QMix project: its database is gone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Several things at once: drop one folder, table or project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} does not exist any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is a single image: give the folder that holds the class folders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is no spreadsheet that is read: save it as XLSX or CSV.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is an archive: unpack it and give the folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is neither a folder, a CSV, TSV or XLSX table, nor a QMix project.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>less than a minute left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computing image features</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Estimating the noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
