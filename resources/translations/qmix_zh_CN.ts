<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>About {rate} % of the labels look wrong as they came ({low}–{high} %)</source>
        <extracomment>A smaller share of wrong labels is no finding: it would be told as 0 %.</extracomment>
        <translation>按导入时的标签，约 {rate} % 的标签看起来有误（{low}–{high} %）</translation>
    </message>
    <message>
        <source>About {rate} % of the labels look wrong ({low}–{high} %)</source>
        <translation>约 {rate} % 的标签看起来有误（{low}–{high} %）</translation>
    </message>
    <message>
        <source>No sign of wrong labels (at most {high} %)</source>
        <translation>没有错误标签的迹象（至多 {high} %）</translation>
    </message>
    <message>
        <source>No sign of wrong labels</source>
        <translation>没有错误标签的迹象</translation>
    </message>
    <message>
        <source>: {doubted} labels are doubted, {unread} images are too poor to read</source>
        <translation>：{doubted} 个标签存疑，{unread} 张图像质量太差无法判读</translation>
    </message>
    <message>
        <source>, {poor} % of the images too poor to read</source>
        <translation>，{poor} % 的图像质量太差，无法判读</translation>
    </message>
    <message>
        <source>; {corrected} corrected</source>
        <translation>；已更正 {corrected} 个</translation>
    </message>
    <message>
        <source>{true} is labelled {given} in {share} % of its images</source>
        <translation>{true} 有 {share} % 的图像被标为 {given}</translation>
    </message>
    <message>
        <source>No run has looked at the file&apos;s new content, so there is no verdict.</source>
        <extracomment>Below, a label that is doubted is still more likely right than wrong. A smaller part that a patient&apos;s other images have in a verdict is not worth a sentence. At most so many clean images of a class are compared when no reader has verified any. Loss and uncertainty of all images in the last epoch, each sorted.</extracomment>
        <translation>尚无运行看过该文件的新内容，因此没有判定。</translation>
    </message>
    <message>
        <source>Blind check: judge the image alone. The verdict is shown once you have decided.</source>
        <translation>盲检：请仅凭图像判断。您决定之后才显示判定。</translation>
    </message>
    <message>
        <source>This image came without a label, so no run has looked at it. Give it one, and the next run learns from it.</source>
        <translation>此图像没有标签，因此尚无运行看过它。请为它指定标签，下次运行将从中学习。</translation>
    </message>
    <message>
        <source>No run has looked at this image yet, so there is no verdict.</source>
        <translation>尚无运行看过此图像，因此没有判定。</translation>
    </message>
    <message>
        <source>That the label is wrong is {0}&#xa0;% likely by this image alone, and {1}&#xa0;% with the patient&apos;s other images.</source>
        <translation>仅凭这张图像，标签错误的概率为 {0}&#xa0;%；结合该患者的其他图像为 {1}&#xa0;%。</translation>
    </message>
    <message>
        <source>Too poor to read, {0}&#xa0;% likely: whatever its label says, it cannot be checked.</source>
        <translation>质量太差，无法判读，可能性 {0}&#xa0;%：无论标签为何，都无法核对。</translation>
    </message>
    <message>
        <source>Image and label agree: {0}, {1}&#xa0;% likely.</source>
        <translation>图像与标签一致：{0}，可能性 {1}&#xa0;%。</translation>
    </message>
    <message>
        <source>The label {0} is wrong, {1}&#xa0;% likely.</source>
        <translation>标签 {0} 有误，可能性 {1}&#xa0;%。</translation>
    </message>
    <message>
        <source>Borderline: the label {0} is wrong with {1}&#xa0;%. If so, {2} is likeliest, {3}&#xa0;%.</source>
        <translation>临界：标签 {0} 有误的可能性为 {1}&#xa0;%。若有误，最可能是 {2}，{3}&#xa0;%。</translation>
    </message>
    <message>
        <source>Labelled {0}; looks like {1}, {2}&#xa0;%.</source>
        <translation>标签为 {0}；看起来像 {1}，{2}&#xa0;%。</translation>
    </message>
    <message>
        <source>From the names of the class folders</source>
        <translation>来自类别文件夹的名称</translation>
    </message>
    <message>
        <source>From the names of the class folders, with a folder for each split</source>
        <translation>来自类别文件夹的名称，每个数据划分一个文件夹</translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”</source>
        <translation>来自 {table}：图像在“{image}”列，标签在“{label}”列</translation>
    </message>
    <message>
        <source>From {table}: images in column “{image}”, labels in “{label}”, patients in “{patient}”</source>
        <translation>来自 {table}：图像在“{image}”列，标签在“{label}”列，患者在“{patient}”列</translation>
    </message>
    <message>
        <source>The decision log is sealed by hashes over names and times, so it cannot be without identities: export the scores instead, which have the state of each image.</source>
        <extracomment>Those that make a folder. Those in which columns of the input may stay.</extracomment>
        <translation>决策日志由涵盖姓名和时间的哈希值封存，因此无法去除身份信息：请改为导出评分，其中包含每张图像的状态。</translation>
    </message>
    <message>
        <source>What FiftyOne opens says where each image lies, so it cannot be without identities: export the cleaned folder instead, which FiftyOne opens as class folders.</source>
        <translation>FiftyOne 打开的内容会写明每张图像的位置，因此无法去除身份信息：请改为导出清理后的文件夹，FiftyOne 可将其作为类别文件夹打开。</translation>
    </message>
    <message>
        <source>What Label Studio imports says where each image lies, so it cannot be without identities: export the cleaned folder instead, or a package for second readers.</source>
        <translation>Label Studio 导入的内容会写明每张图像的位置，因此无法去除身份信息：请改为导出清理后的文件夹，或供第二阅片者使用的阅片包。</translation>
    </message>
    <message>
        <source>{count} images are missing and not among them.</source>
        <translation>{count} 张图像缺失，未包含在内。</translation>
    </message>
    <message>
        <source>1 image is missing and not among them.</source>
        <translation>1 张图像缺失，未包含在内。</translation>
    </message>
    <message>
        <source>This place cannot have such links, so the images were copied.</source>
        <translation>此位置不支持此类链接，因此图像已改为复制。</translation>
    </message>
    <message>
        <source>{count} images could not be read and are not among them: {names}.</source>
        <translation>{count} 张图像无法读取，未包含在内：{names}。</translation>
    </message>
    <message>
        <source>{count} image could not be read and is not among them: {names}.</source>
        <translation>{count} 张图像无法读取，未包含在内：{names}。</translation>
    </message>
    <message>
        <source>The images are made anew, without what their files said beside the pixels.</source>
        <translation>图像已重新生成，不含原文件中像素以外的信息。</translation>
    </message>
    <message>
        <source>There may be text in the picture of {count} images: look at them.</source>
        <translation>{count} 张图像的画面中可能有文字：请查看。</translation>
    </message>
    <message>
        <source>{count} images have 8 bits now, as the training sees them.</source>
        <translation>{count} 张图像现为 8 位，与训练所见相同。</translation>
    </message>
    <message>
        <source>It names values of these columns: {columns}.</source>
        <translation>其中写有以下列的值：{columns}。</translation>
    </message>
    <message>
        <source>The map could not be read: try again.</source>
        <translation>无法读取注意力图：请重试。</translation>
    </message>
    <message>
        <source>The process that makes the map could not be started: {0}.</source>
        <translation>无法启动生成注意力图的进程：{0}。</translation>
    </message>
    <message>
        <source>The map could not be made (exit code {0}).</source>
        <translation>无法生成注意力图（退出代码 {0}）。</translation>
    </message>
    <message>
        <source>In no place does the image speak for {0}.</source>
        <translation>图像中没有任何位置支持 {0}。</translation>
    </message>
    <message>
        <source>What speaks for {0}: both networks averaged, over {1} × {2} places.</source>
        <translation>支持 {0} 的依据：两个网络的平均，共 {1} × {2} 个位置。</translation>
    </message>
    <message>
        <source>Columns of your table in it: {kept}.</source>
        <extracomment>In the project folder: who has it can compute the pseudonym of any image name. Columns that may be kept, too: of no input, but of the program. Key of the settings that holds the hash of the key, so that another key in its place is told. From this share of different values on, a column tells one row from another. Behind the name of a second reader where two have the same.</extracomment>
        <translation>其中包含您表格的列：{kept}。</translation>
    </message>
    <message>
        <source>Nearly every row has its own value in {columns}: it can tell who it is.</source>
        <translation>{columns} 中几乎每行的值都不同：由此可能识别出本人。</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>deleted class</source>
        <extracomment>On light and on dark ground; with the form of the point each of 24 classes has its own look. The order of BUCKETS; as the symbols of the buckets are elsewhere.</extracomment>
        <translation>已删除的类别</translation>
    </message>
    <message>
        <source>no suggestion</source>
        <translation>无建议</translation>
    </message>
    <message>
        <source>1 label corrected</source>
        <translation>更正了 1 个标签</translation>
    </message>
    <message>
        <source>{count} labels corrected</source>
        <translation>更正了 {count} 个标签</translation>
    </message>
    <message>
        <source>1 label confirmed</source>
        <translation>确认了 1 个标签</translation>
    </message>
    <message>
        <source>{count} labels confirmed</source>
        <translation>确认了 {count} 个标签</translation>
    </message>
    <message>
        <source>1 image left out</source>
        <translation>排除了 1 张图像</translation>
    </message>
    <message>
        <source>{count} images left out</source>
        <translation>排除了 {count} 张图像</translation>
    </message>
    <message>
        <source>Nothing was decided since the last training: the result will be much the same.</source>
        <translation>自上次训练以来没有新的决定：结果将大致相同。</translation>
    </message>
    <message>
        <source>Since the last training: {what}.</source>
        <translation>自上次训练以来：{what}。</translation>
    </message>
    <message>
        <source>1 minute</source>
        <translation>1 分钟</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>The last training took about {time}.</source>
        <translation>上次训练用时约 {time}。</translation>
    </message>
    <message>
        <source>about {time} on this computer&apos;s processor</source>
        <translation>在本机处理器上约需 {time}</translation>
    </message>
    <message>
        <source>{text} (a GPU is much faster)</source>
        <translation>{text}（使用 GPU 会快得多）</translation>
    </message>
    <message>
        <source>It needs {memory} GB of memory and {cache} MB of disk.</source>
        <translation>需要 {memory} GB 内存和 {cache} MB 磁盘空间。</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>trained as a whole</source>
        <translation>整体训练</translation>
    </message>
    <message>
        <source>on {device}</source>
        <translation>在 {device} 上</translation>
    </message>
    <message>
        <source>on the computer {name}</source>
        <translation>在计算机 {name} 上</translation>
    </message>
    <message>
        <source>with the engine environment</source>
        <translation>使用引擎环境</translation>
    </message>
    <message>
        <source>with another Python</source>
        <translation>使用另一个 Python</translation>
    </message>
    <message>
        <source>vectors of {file}</source>
        <translation>来自 {file} 的向量</translation>
    </message>
    <message>
        <source>built-in network</source>
        <translation>内置网络</translation>
    </message>
    <message>
        <source>network {name}, weights from the internet</source>
        <translation>网络 {name}，权重来自互联网</translation>
    </message>
    <message>
        <source>network {name} with {file}</source>
        <translation>网络 {name}，权重文件 {file}</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 张图像</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} 张图像</translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 个类别</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} 个类别</translation>
    </message>
    <message>
        <source>Choose the weights of {encoder}</source>
        <translation>选择 {encoder} 的权重</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>权重 (*.pth *.pt *.safetensors);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Not judged: there are too few images, or their faults cannot be told from what they show.</source>
        <extracomment>Written by a run: how it judged.</extracomment>
        <translation>未判定：图像太少，或其缺陷无法与所示内容区分。</translation>
    </message>
    <message>
        <source>Many images look unusual rather than poor: only the worst are called poor.</source>
        <translation>许多图像看起来是不寻常而非质量差：只有最差的才算差。</translation>
    </message>
    <message>
        <source>Most images of &apos;{label}&apos; are hazy: judged among themselves.</source>
        <translation>“{label}”的大多数图像都较模糊：仅在该类内部相互比较。</translation>
    </message>
    <message>
        <source>The process that judges image quality could not be started: {0}.</source>
        <translation>无法启动判定图像质量的进程：{0}。</translation>
    </message>
    <message>
        <source>Image quality could not be judged (exit code {0}).</source>
        <translation>无法判定图像质量（退出代码 {0}）。</translation>
    </message>
    <message>
        <source>The run that is shown has left too little to make a map of.</source>
        <extracomment>Why there is no map, or not the one that was wanted; a sentence.</extracomment>
        <translation>所显示的运行留下的数据太少，无法生成分布图。</translation>
    </message>
    <message>
        <source>The process that arranges the images could not be started: {0}.</source>
        <translation>无法启动排列图像的进程：{0}。</translation>
    </message>
    <message>
        <source>The images could not be arranged (exit code {0}).</source>
        <translation>无法排列图像（退出代码 {0}）。</translation>
    </message>
    <message>
        <source>Another class is shown as “{0}” already: choose another name.</source>
        <translation>已有另一个类别显示为“{0}”：请选择其他名称。</translation>
    </message>
</context>
<context>
    <name>AdjudicationBar</name>
    <message>
        <source>blind</source>
        <translation>盲法</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>imported label: {0}</source>
        <translation>原标签：{0}</translation>
    </message>
    <message>
        <source>Settled by {0}. Another decision takes its place.</source>
        <translation>已由 {0} 裁定。新的决定将取代它。</translation>
    </message>
    <message>
        <source>Your decision settles this image, and says who read what.</source>
        <translation>您的决定将裁定此图像，并记录各人的判读结果。</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>ungradable</source>
        <translation>无法判读</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Agreement of the readers</source>
        <translation>阅片者间一致性</translation>
    </message>
    <message>
        <source>The classes are grades in this order: {0}</source>
        <translation>各类别为等级，顺序如下：{0}</translation>
    </message>
    <message>
        <source>Weighted kappa counts how far apart two grades are; it needs an order.</source>
        <translation>加权 Kappa 计入两个等级相差多远；因此需要顺序。</translation>
    </message>
    <message>
        <source>Pairs of readers</source>
        <translation>阅片者配对</translation>
    </message>
    <message>
        <source>Classes of the pair</source>
        <translation>该配对的各类别</translation>
    </message>
    <message>
        <source>Intervals are 95 %, from 2,000 draws of whole patients; there is none for fewer than {0} patients, or where nothing differs (then Wilson&apos;s for the agreement). n: images that both put into a class. Blind readers saw the image alone; whoever reviewed here saw label and verdict, which makes agreeing with the given labels easier.</source>
        <translation>区间为 95 % 区间，由按患者整体重抽样 2000 次得出；患者少于 {0} 名或毫无差异时不给出区间（后者的一致率用 Wilson 区间）。n：双方都归入某个类别的图像数。盲法阅片者只看到图像；在此审阅的人看到了标签和判定，因此更容易同意原标签。</translation>
    </message>
    <message>
        <source>List where they differ</source>
        <translation>列出不一致的图像</translation>
    </message>
    <message>
        <source>Comparing the readers…</source>
        <translation>正在比较各阅片者…</translation>
    </message>
    <message>
        <source>No two of them have looked at the same image.</source>
        <translation>没有任何两人看过同一张图像。</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一人</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二人</translation>
    </message>
    <message>
        <source>n</source>
        <translation>n</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>一致率</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Weighted kappa</source>
        <translation>加权 Kappa</translation>
    </message>
    <message>
        <source>Ungradable</source>
        <translation>无法判读</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>已略去</translation>
    </message>
    <message>
        <source>blind</source>
        <translation>盲法</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>Images that the first, the second, and both called ungradable</source>
        <translation>第一人、第二人以及两人都认为无法判读的图像</translation>
    </message>
    <message>
        <source>Images that one of them called ambiguous or ungradable</source>
        <translation>其中一人认为不明确或无法判读的图像</translation>
    </message>
    <message>
        <source>By class: {0} and {1}</source>
        <translation>按类别：{0} 与 {1}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Kappa of the class</source>
        <translation>该类别的 Kappa</translation>
    </message>
    <message>
        <source>undefined</source>
        <translation>未定义</translation>
    </message>
</context>
<context>
    <name>AttentionMaps</name>
    <message>
        <source>Computing what speaks for {0}…</source>
        <extracomment>Whoever pages on wants no process for each image in between; in ms.</extracomment>
        <translation>正在计算支持 {0} 的依据…</translation>
    </message>
    <message>
        <source>No run has looked at the file&apos;s new content, so there is no map.</source>
        <translation>尚无运行看过该文件的新内容，因此没有注意力图。</translation>
    </message>
    <message>
        <source>Blind check: the map is shown once you have decided.</source>
        <translation>盲检：您决定之后才显示注意力图。</translation>
    </message>
    <message>
        <source>No run has looked at this image yet, so there is no map.</source>
        <translation>尚无运行看过此图像，因此没有注意力图。</translation>
    </message>
    <message>
        <source>The run suggests no class for this image, so there is no map.</source>
        <translation>该运行没有为此图像建议类别，因此没有注意力图。</translation>
    </message>
</context>
<context>
    <name>AttentionRow</name>
    <message>
        <source>The attention map is being computed</source>
        <translation>正在计算注意力图</translation>
    </message>
    <message>
        <source>little</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>much</source>
        <translation>强</translation>
    </message>
</context>
<context>
    <name>BackgroundJob</name>
    <message>
        <source>Unexpected error: {error}</source>
        <translation>意外错误：{error}</translation>
    </message>
</context>
<context>
    <name>BlindCheckBox</name>
    <message>
        <source>Progress and trust</source>
        <translation>进度与可信度</translation>
    </message>
    <message>
        <source>Mix in blind checks</source>
        <translation>混入盲检</translation>
    </message>
    <message>
        <source>Puts {0} random images of Clean and {1} of each other bucket among the next ones. Their verdict is hidden until you have decided, so they tell how often a bucket is right, of so many checks. The ranges are 95 % Wilson intervals; the errors still expected are the share of faulty checks times the images left. Stop when that number is small enough for your purpose. Ambiguous answers do not count.</source>
        <translation>将 {0} 张随机的干净图像和其他每个分组的 {1} 张图像混入接下来的图像。您决定之前其判定是隐藏的，因此可以看出在这些检查中某个分组有多常正确。范围是 95 % Wilson 区间；预计剩余错误是检查出错的比例乘以剩余图像数。当该数字对您的目的足够小时即可停止。“不明确”的回答不计入。</translation>
    </message>
    <message>
        <source>{0} {1} reviewed, {2} left</source>
        <translation>{0} 已审阅 {1}，剩余 {2}</translation>
    </message>
    <message>
        <source>    right {0} of {1}</source>
        <translation>    正确 {0}，共 {1}</translation>
    </message>
    <message>
        <source>Blind checks tell how many wrong labels were missed</source>
        <translation>盲查可得知漏掉了多少错误标签</translation>
    </message>
    <message>
        <source>Errors still expected:
{0} ({1} to {2})</source>
        <translation>预计剩余错误：
{0}（{1} 到 {2}）</translation>
    </message>
</context>
<context>
    <name>BorderStrip</name>
    <message>
        <source>The best of the poor ones</source>
        <extracomment>On either side.</extracomment>
        <translation>差的图像中最好的</translation>
    </message>
    <message>
        <source>The poorest of the others</source>
        <translation>其余图像中最差的</translation>
    </message>
</context>
<context>
    <name>BrushTools</name>
    <message>
        <source>Box</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Draw a rectangle to list only the images inside</source>
        <translation>画一个矩形，只列出其中的图像</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Draw a line around images to list only those</source>
        <translation>画线圈住图像，只列出这些图像</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Zoom out to all images</source>
        <translation>缩小以显示所有图像</translation>
    </message>
</context>
<context>
    <name>BucketLegend</name>
    <message>
        <source>Image and label agree.</source>
        <translation>图像与标签一致。</translation>
    </message>
    <message>
        <source>The picture shows another class: correct the label.</source>
        <translation>图像显示的是另一类别：请更正标签。</translation>
    </message>
    <message>
        <source>Too poor to read: leave it out, take it again, or keep it.</source>
        <translation>质量太差，无法判读：排除、重拍或保留。</translation>
    </message>
</context>
<context>
    <name>ChoiceEditor</name>
    <message>
        <source>the built-in network</source>
        <translation>内置网络</translation>
    </message>
</context>
<context>
    <name>ClassesDialog</name>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Merge the class into</source>
        <extracomment>What was made here: a change of the classes, or a class and what it was shown as.</extracomment>
        <translation>将该类别并入</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>原标签</translation>
    </message>
    <message>
        <source>Kept now</source>
        <translation>当前保留</translation>
    </message>
    <message>
        <source>Double-click a cell, or press F2, to change it. “Class” is the value that is exported; “Shown as” is for the screen alone. The files stay as they are.</source>
        <translation>双击单元格或按 F2 进行修改。“类别”是导出的值；“显示为”仅用于屏幕显示。文件保持不变。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Merge into…</source>
        <translation>并入…</translation>
    </message>
    <message>
        <source>Exported and shown as “{0}”.</source>
        <translation>导出和显示均为“{0}”。</translation>
    </message>
    <message>
        <source>Exported as “{0}”, shown as “{1}”.</source>
        <translation>导出为“{0}”，显示为“{1}”。</translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” become “{new}”</source>
        <translation>{images} 张标为“{name}”的图像将变为“{new}”</translation>
    </message>
    <message>
        <source>{images} images labelled “{name}” are excluded</source>
        <translation>{images} 张标为“{name}”的图像将被排除</translation>
    </message>
    <message>
        <source> ({0} of them excluded or to re-take already)</source>
        <translation>（其中 {0} 张已排除或待重拍）</translation>
    </message>
    <message>
        <source>; decisions that name it: {0}.</source>
        <translation>；提到它的决定：{0}。</translation>
    </message>
    <message>
        <source>Exports say “{0}” then.</source>
        <translation>导出内容将写为“{0}”。</translation>
    </message>
    <message>
        <source>Suggestions follow; retrain to judge by the new classes.</source>
        <translation>建议随之改变；要按新类别判断，请重新训练。</translation>
    </message>
    <message>
        <source>“{name}” is called “{new}” now.</source>
        <translation>“{name}”现名为“{new}”。</translation>
    </message>
    <message>
        <source>“{name}” was merged into “{new}”.</source>
        <translation>“{name}”已并入“{new}”。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back.</source>
        <translation>按 Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>Nothing was changed here.</source>
        <translation>此处没有任何更改。</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>已撤销。</translation>
    </message>
    <message>
        <source>A change of the classes was undone.</source>
        <translation>已撤销一次类别更改。</translation>
    </message>
</context>
<context>
    <name>ColumnBox</name>
    <message>
        <source>Columns of the table</source>
        <translation>表格的列</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
</context>
<context>
    <name>ComparisonDialog</name>
    <message>
        <source>What changed</source>
        <translation>有何变化</translation>
    </message>
    <message>
        <source>Run {after} against run {before}</source>
        <translation>运行 {after} 与运行 {before} 对比</translation>
    </message>
    <message>
        <source>List these images</source>
        <translation>列出这些图像</translation>
    </message>
    <message>
        <source>{count} images changed their bucket, {other} have a new suggestion.</source>
        <translation>{count} 张图像换了分组，{other} 张有新的建议。</translation>
    </message>
    <message>
        <source>Of {verified} images you verified, the suggestion now agrees with you on {after}; before it was {before}.</source>
        <translation>在您核实的 {verified} 张图像中，建议现在与您一致的有 {after} 张；之前是 {before} 张。</translation>
    </message>
    <message>
        <source>{count} excluded or missing images were left out of the new run.</source>
        <translation>新的运行略去了 {count} 张已排除或缺失的图像。</translation>
    </message>
    <message>
        <source>Images by bucket before and after</source>
        <translation>前后各分组的图像</translation>
    </message>
    <message>
        <source>before ↓   after →</source>
        <translation>之前 ↓   之后 →</translation>
    </message>
    <message>
        <source>Images that changed their bucket</source>
        <translation>换了分组的图像</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 张</translation>
    </message>
</context>
<context>
    <name>CountTable</name>
    <message>
        <source>now</source>
        <extracomment>A lower AUROC is said to be little.</extracomment>
        <translation>当前</translation>
    </message>
    <message>
        <source>with this</source>
        <translation>更改后</translation>
    </message>
</context>
<context>
    <name>CrashReporter</name>
    <message>
        <source>The error keeps coming back ({count} times): close QMix and start it again.</source>
        <extracomment>Quoted, else from the first slash of a path, else one word: names may be those of patients. So often while its dialog is open, an error is no accident any more.</extracomment>
        <translation>该错误反复出现（{count} 次）：请关闭 QMix 并重新启动。</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>意外错误</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>发生了不应发生的问题。</translation>
    </message>
    <message>
        <source>Every decision made so far is saved; it is safe to go on or to restart.</source>
        <translation>到目前为止的所有决定都已保存；可以继续，也可以重新启动。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>DatasetWatcher</name>
    <message>
        <source>Reading every file…</source>
        <extracomment>Unreadable images come in crowds: the files are scanned once after them; in ms. A drive that takes longer for a first look may be dead; in ms.</extracomment>
        <translation>正在读取每个文件…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Wait for the training to end, then find the folder.</source>
        <translation>请等待训练结束，然后查找文件夹。</translation>
    </message>
    <message>
        <source>Looking for the images in {folder}…</source>
        <translation>正在 {folder} 中查找图像…</translation>
    </message>
    <message>
        <source>{text} {done} of {total}</source>
        <translation>{text} {done} / {total}</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>详细信息…</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>{0} images altered</source>
        <translation>{0} 张图像已改变</translation>
    </message>
    <message>
        <source>{0} new</source>
        <translation>{0} 个新增</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>{0} 个缺失</translation>
    </message>
    <message>
        <source>{0} renamed</source>
        <translation>{0} 个已重命名</translation>
    </message>
    <message>
        <source>Since the project last saw its files: {0}.</source>
        <translation>自项目上次查看文件以来：{0}。</translation>
    </message>
    <message>
        <source>The images are not at {0} any more. Connect the drive, or find their folder; you can also drop it here. Decisions made so far are safe.</source>
        <translation>图像已不在 {0}。请连接驱动器或找到其文件夹；也可以将其拖到此处。已作出的决定是安全的。</translation>
    </message>
    <message>
        <source>{0} answers slowly, or not at all. If the images are elsewhere now, find their folder; you can also drop it here.</source>
        <translation>{0} 响应缓慢或没有响应。如果图像现在在别处，请找到其文件夹；也可以将其拖到此处。</translation>
    </message>
    <message>
        <source>Find folder…</source>
        <translation>查找文件夹…</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>再次查看</translation>
    </message>
    <message>
        <source>Where are the images now?</source>
        <translation>图像现在在哪里？</translation>
    </message>
    <message>
        <source>{root}: {matched} of {total} images match, {altered} have other content, {missing} are not there.</source>
        <translation>{root}：{total} 张图像中 {matched} 张匹配，{altered} 张内容不同，{missing} 张不存在。</translation>
    </message>
    <message>
        <source>Images with other content would be marked as altered.</source>
        <translation>内容不同的图像将被标记为已改变。</translation>
    </message>
    <message>
        <source>Use it anyway</source>
        <translation>仍然使用</translation>
    </message>
    <message>
        <source>The images are read from {0} now.</source>
        <translation>现在从 {0} 读取图像。</translation>
    </message>
    <message>
        <source>{0} altered images were accepted, unreviewed. Retrain to judge them.</source>
        <translation>已接纳 {0} 张改变的图像，未审阅。请重新训练以判断它们。</translation>
    </message>
    <message>
        <source>{0} images were added, unreviewed. Retrain to judge them.</source>
        <translation>已添加 {0} 张图像，未审阅。请重新训练以判断它们。</translation>
    </message>
</context>
<context>
    <name>DecisionBar</name>
    <message>
        <source>Accept</source>
        <extracomment>More classes scroll, so that the decisions below them stay in sight.</extracomment>
        <translation>接受</translation>
    </message>
    <message>
        <source>Keep label</source>
        <translation>保留标签</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>Keep, poor</source>
        <translation>保留（质量差）</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>Image fine</source>
        <translation>图像良好</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>DecisionController</name>
    <message>
        <source>This image was reviewed already: press the key again to change that.</source>
        <extracomment>Decisions that a reason may be given for, and the state they lead to.</extracomment>
        <translation>此图像已审阅：再次按键即可更改。</translation>
    </message>
    <message>
        <source>That was the last image of this list.</source>
        <translation>那是此列表的最后一张图像。</translation>
    </message>
    <message>
        <source>Note on {0}.</source>
        <translation>{0} 的备注。</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>没有可撤销的内容。</translation>
    </message>
    <message>
        <source>Redone</source>
        <translation>已重做</translation>
    </message>
    <message>
        <source>Nothing to redo.</source>
        <translation>没有可重做的内容。</translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation>未选择图像。</translation>
    </message>
    <message>
        <source>The image was not on the screen yet: press the key again.</source>
        <translation>图像尚未显示：请再按一次该键。</translation>
    </message>
    <message>
        <source>The label of a blind check is hidden: choose a label yourself.</source>
        <translation>盲检的标签是隐藏的：请自行选择标签。</translation>
    </message>
    <message>
        <source>There is no suggestion: no run has seen it, or its class was deleted.</source>
        <translation>没有建议：尚无运行看过它，或其类别已删除。</translation>
    </message>
    <message>
        <source>The suggestion of a blind check is hidden: choose a label yourself.</source>
        <translation>盲检的建议是隐藏的：请自行选择标签。</translation>
    </message>
    <message>
        <source>the change of the class {0}</source>
        <translation>类别 {0} 的更改</translation>
    </message>
    <message>
        <source>Decided on {0} images.</source>
        <translation>已对 {0} 张图像作出决定。</translation>
    </message>
    <message>
        <source>Image quality fine - {0}</source>
        <translation>图像质量良好 - {0}</translation>
    </message>
    <message>
        <source>Keep the given labels of {0} images?</source>
        <translation>保留 {0} 张图像的原标签？</translation>
    </message>
    <message>
        <source>Exclude {0} images?</source>
        <translation>排除 {0} 张图像？</translation>
    </message>
    <message>
        <source>Ask for a re-take of {0} images?</source>
        <translation>请求重拍 {0} 张图像？</translation>
    </message>
    <message>
        <source>Keep {0} images as poor ones?</source>
        <translation>将 {0} 张图像作为质量差的图像保留？</translation>
    </message>
    <message>
        <source>Call the quality of {0} images fine?</source>
        <translation>将 {0} 张图像的质量标为良好?</translation>
    </message>
    <message>
        <source>Mark {0} images as ambiguous?</source>
        <translation>将 {0} 张图像标记为不明确？</translation>
    </message>
    <message>
        <source>Accept the suggestions for {0} images?</source>
        <translation>接受 {0} 张图像的建议？</translation>
    </message>
    <message>
        <source>Label {0} images as {1}?</source>
        <translation>将 {0} 张图像标为 {1}？</translation>
    </message>
    <message>
        <source>{0} of them were reviewed before.</source>
        <translation>其中 {0} 张之前已审阅。</translation>
    </message>
    <message>
        <source>Yes, all {0}</source>
        <translation>是，全部 {0} 张</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Drop zone for a dataset or project</source>
        <translation>数据集或项目的拖放区</translation>
    </message>
    <message>
        <source>Drop a dataset or project here</source>
        <translation>将数据集或项目拖到此处</translation>
    </message>
    <message>
        <source>A folder with one sub-folder per class, a CSV or TSV table that names images and labels, or a .qmix project folder</source>
        <translation>每个类别一个子文件夹的文件夹、列出图像和标签的 CSV 或 TSV 表格，或 .qmix 项目文件夹</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be dropped.</source>
        <translation>只能拖放本机的文件和文件夹。</translation>
    </message>
    <message>
        <source>Let go to open the project {name}</source>
        <translation>松开以打开项目 {name}</translation>
    </message>
    <message>
        <source>Let go to check {name}</source>
        <translation>松开以检查 {name}</translation>
    </message>
</context>
<context>
    <name>EmbeddingPlot</name>
    <message>
        <source>Map of the images</source>
        <extracomment>Kind of the subset that is drawn here. Whoever decides or pages quickly is not kept by the painting of 100,000 points; in ms.</extracomment>
        <translation>图像分布图</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>原标签</translation>
    </message>
    <message>
        <source>Suggested label</source>
        <translation>建议标签</translation>
    </message>
    <message>
        <source>What the colours of the map say</source>
        <translation>分布图颜色的含义</translation>
    </message>
    <message>
        <source>The images are being arranged by likeness</source>
        <translation>正在按相似度排列图像</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{0} images</source>
        <translation>{0} 张图像</translation>
    </message>
    <message>
        <source>By likeness, images that are alike lie side by side; by the main differences, distances mean more, but groups may lie over each other.</source>
        <translation>按相似度排列时，相似的图像彼此相邻；按主要差异排列时，距离更有意义，但各组可能重叠。</translation>
    </message>
    <message>
        <source>Placing the images…</source>
        <translation>正在放置图像…</translation>
    </message>
    <message>
        <source>The map of the images appears here once a run has finished.</source>
        <translation>运行结束后，图像分布图将显示在此处。</translation>
    </message>
    <message>
        <source>The run that is shown has left nothing to place the images by. A new run will.</source>
        <translation>所显示的运行没有留下可用于放置图像的数据。新的运行会留下。</translation>
    </message>
    <message>
        <source>Arrange by main differences</source>
        <translation>按主要差异排列</translation>
    </message>
    <message>
        <source>Arrange by likeness</source>
        <translation>按相似度排列</translation>
    </message>
    <message>
        <source>Arrange by likeness (about a minute)</source>
        <translation>按相似度排列（约一分钟）</translation>
    </message>
    <message>
        <source>hollow: decided</source>
        <translation>空心：已决定</translation>
    </message>
    <message>
        <source>{0} on the map</source>
        <translation>分布图中 {0} 张</translation>
    </message>
</context>
<context>
    <name>EngineDialog</name>
    <message>
        <source>Use this computer&apos;s GPU</source>
        <translation>使用这台计算机的 GPU</translation>
    </message>
    <message>
        <source>From the internet</source>
        <translation>从互联网</translation>
    </message>
    <message>
        <source>From a folder of wheels, without a network</source>
        <translation>从 wheel 文件夹，无需网络</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder of wheels</source>
        <translation>选择 wheel 文件夹</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在检查这台计算机…</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>The engine has an environment of its own</source>
        <translation>引擎已有独立环境</translation>
    </message>
    <message>
        <source>Give the engine an environment of its own</source>
        <translation>为引擎建立独立环境</translation>
    </message>
    <message>
        <source>It holds the torch that this computer&apos;s GPU needs ({gpu}). Your own Python stays as it is, and no image leaves this computer.</source>
        <translation>它包含这台计算机的 GPU（{gpu}）所需的 torch。您自己的 Python 保持不变，图像不会离开这台计算机。</translation>
    </message>
    <message>
        <source>It holds a torch of its own. No driver of an NVIDIA GPU was found here: it would compute on the processor.</source>
        <translation>它包含自己的 torch。此处未找到 NVIDIA GPU 的驱动程序：它将在处理器上计算。</translation>
    </message>
    <message>
        <source>To be downloaded: about {size} GB, some minutes on a fast line.</source>
        <translation>需下载：约 {size} GB，网速快时需几分钟。</translation>
    </message>
    <message>
        <source>Nothing is downloaded: the wheels of {folder} are used.</source>
        <translation>无需下载：使用 {folder} 中的 wheel。</translation>
    </message>
    <message>
        <source>On the disk: up to {size} GB in {folder}; {free} GB are free there.</source>
        <translation>磁盘占用：{folder} 中最多 {size} GB；该处可用 {free} GB。</translation>
    </message>
    <message>
        <source>By way of the proxy {proxy}.</source>
        <translation>经由代理 {proxy}。</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>wheel 文件夹</translation>
    </message>
    <message>
        <source>The engine environment is being made…</source>
        <translation>正在创建引擎环境…</translation>
    </message>
    <message>
        <source>You can close this and go on working: Help &gt; This computer… leads back to it. An environment that is there stays until the new one has computed.</source>
        <translation>您可以关闭此窗口继续工作：“帮助 &gt; 这台计算机…”可返回此处。现有环境会保留，直到新环境完成一次计算。</translation>
    </message>
    <message>
        <source>{step}: {size} MB so far</source>
        <translation>{step}：目前 {size} MB</translation>
    </message>
    <message>
        <source>Stopping, and removing what was made so far…</source>
        <translation>正在停止，并删除已创建的内容…</translation>
    </message>
    <message>
        <source>The trainings on this computer run with it now.</source>
        <translation>这台计算机上的训练现在使用它运行。</translation>
    </message>
    <message>
        <source>It computes on the processor: no GPU was found that its torch can use. Help &gt; This computer… says what is missing.</source>
        <translation>它在处理器上计算：未找到其 torch 可用的 GPU。“帮助 &gt; 这台计算机…”会说明缺少什么。</translation>
    </message>
    <message>
        <source>The engine environment is ready</source>
        <translation>引擎环境已就绪</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The engine environment could not be made</source>
        <translation>无法创建引擎环境</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Nothing of it is left on the disk.</source>
        <translation>磁盘上没有留下任何内容。</translation>
    </message>
    <message>
        <source>The making was stopped</source>
        <translation>创建已停止</translation>
    </message>
</context>
<context>
    <name>EngineMaking</name>
    <message>
        <source>The making could not be started: {reason}.</source>
        <extracomment>How long the child may take to remove what it has made so far, before it is killed.</extracomment>
        <translation>无法开始创建：{reason}。</translation>
    </message>
    <message>
        <source>The making ended with exit code {code}: try again.</source>
        <translation>创建以退出代码 {code} 结束：请重试。</translation>
    </message>
</context>
<context>
    <name>EnginePart</name>
    <message>
        <source>Use it for the trainings on this computer</source>
        <translation>用于这台计算机上的训练</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove the engine environment</source>
        <translation>删除引擎环境</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>引擎环境</translation>
    </message>
    <message>
        <source>Remove the engine environment?</source>
        <translation>删除引擎环境？</translation>
    </message>
    <message>
        <source>Trainings run with QMix&apos;s own Python then. It can be made again.</source>
        <translation>之后训练使用 QMix 自带的 Python 运行。可以重新创建。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Update…</source>
        <translation>更新…</translation>
    </message>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>使用这台计算机的 GPU…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>正在删除…</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>Without identities</source>
        <translation>去除身份信息</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Images, patients and people get pseudonyms; notes, reasons and times are left out, and all columns of your table that you do not tick. Images of a folder are made anew from their pixels; a report has none.</source>
        <translation>图像、患者和人员使用假名；备注、原因和时间会被省略，表格中未勾选的列也会被省略。文件夹中的图像由像素重新生成；报告不含图像。</translation>
    </message>
    <message>
        <source>With pictures of some images</source>
        <translation>附部分图像的图片</translation>
    </message>
    <message>
        <source>How the images come into the folder</source>
        <translation>图像放入文件夹的方式</translation>
    </message>
    <message>
        <source>Copy the images</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Hard links (no space, same files)</source>
        <translation>硬链接（不占空间，同一文件）</translation>
    </message>
    <message>
        <source>Symbolic links (break when the originals move)</source>
        <translation>符号链接（原文件移动后失效）</translation>
    </message>
    <message>
        <source>Choose where to write</source>
        <translation>选择写入位置</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the export</source>
        <translation>取消导出</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder to make</source>
        <translation>要创建的文件夹</translation>
    </message>
    <message>
        <source>Make the folder in</source>
        <translation>文件夹创建于</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Exports (*.csv *.tsv *.txt *.xlsx *.html);;All files (*)</source>
        <translation>导出文件 (*.csv *.tsv *.txt *.xlsx *.html);;所有文件 (*)</translation>
    </message>
    <message>
        <source>{name} is there already, and it is no export of this window or was changed since.</source>
        <translation>{name} 已存在，且不是由本窗口导出的，或之后被修改过。</translation>
    </message>
    <message>
        <source>The report on {images}</source>
        <translation>关于 {images} 的报告</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>Written to {name}: {what}.</source>
        <translation>已写入 {name}：{what}。</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>已取消：未写入任何内容。</translation>
    </message>
</context>
<context>
    <name>ExportKinds</name>
    <message>
        <source>What to export</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>Needs a finished training run.</source>
        <translation>需要一次已完成的训练运行。</translation>
    </message>
</context>
<context>
    <name>EyeViewer</name>
    <message>
        <source>Other eye</source>
        <translation>另一只眼</translation>
    </message>
    <message>
        <source>Example</source>
        <extracomment>Of the given class, and of the suggested one.</extracomment>
        <translation>示例</translation>
    </message>
    <message>
        <source>Other eye: {0}, given label {1}</source>
        <translation>另一只眼:{0},原标签 {1}</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>本图像</translation>
    </message>
    <message>
        <source>no other eye</source>
        <translation>无另一眼</translation>
    </message>
    <message>
        <source>no example</source>
        <translation>无示例</translation>
    </message>
    <message>
        <source>OD · right eye</source>
        <translation>OD · 右眼</translation>
    </message>
    <message>
        <source>OS · left eye</source>
        <translation>OS · 左眼</translation>
    </message>
    <message>
        <source>{0}, verified</source>
        <translation>{0},已核实</translation>
    </message>
    <message>
        <source>{0}, not yet verified</source>
        <translation>{0},尚未核实</translation>
    </message>
</context>
<context>
    <name>FileEditor</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose: {option}</source>
        <translation>选择：{option}</translation>
    </message>
</context>
<context>
    <name>FilesBar</name>
    <message>
        <source>Dismiss the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>FilesDialog</name>
    <message>
        <source>Files of the dataset</source>
        <translation>数据集的文件</translation>
    </message>
    <message>
        <source>What changed in the dataset</source>
        <translation>数据集中的变化</translation>
    </message>
    <message>
        <source>Files can be accepted and added once the training has ended.</source>
        <translation>训练结束后才能接纳和添加文件。</translation>
    </message>
    <message>
        <source>Altered: {count}</source>
        <translation>已改变：{count}</translation>
    </message>
    <message>
        <source>The file has other content than the project knows. Not trained on.</source>
        <translation>文件内容与项目所知不同。不参与训练。</translation>
    </message>
    <message>
        <source>Missing: {count}</source>
        <translation>缺失：{count}</translation>
    </message>
    <message>
        <source>Decisions are kept. Not trained on, not in the cleaned table.</source>
        <translation>决定会保留。不参与训练，也不在清理后的表格中。</translation>
    </message>
    <message>
        <source>Renamed: {count}</source>
        <translation>已重命名：{count}</translation>
    </message>
    <message>
        <source>Found by their content. Verdicts, decisions and given labels go along.</source>
        <translation>按内容找到。判定、决定和原标签随之保留。</translation>
    </message>
    <message>
        <source>New: {count}</source>
        <translation>新增：{count}</translation>
    </message>
    <message>
        <source>Not in the project until you add them; without verdict until the next run.</source>
        <translation>添加之前不在项目中；下次运行之前没有判定。</translation>
    </message>
    <message>
        <source>Cannot be added</source>
        <translation>无法添加</translation>
    </message>
    <message>
        <source>Nothing has changed.</source>
        <translation>没有任何变化。</translation>
    </message>
    <message>
        <source>The content of {count} files was not read: check every file to be sure.</source>
        <translation>{count} 个文件的内容未读取：要确定，请检查每个文件。</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 张</translation>
    </message>
    <message>
        <source>Show in the gallery</source>
        <translation>在图库中显示</translation>
    </message>
    <message>
        <source>Take the new content in</source>
        <translation>接纳新内容</translation>
    </message>
    <message>
        <source>Add the new images</source>
        <translation>添加新图像</translation>
    </message>
    <message>
        <source>Check every file</source>
        <translation>检查每个文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>What comes next</source>
        <translation>接下来的图像</translation>
    </message>
</context>
<context>
    <name>FindingPane</name>
    <message>
        <source>The right label is</source>
        <translation>正确的标签是</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>未决定</translation>
    </message>
    <message>
        <source>The first image gets it, its copies are left out.</source>
        <translation>第一张图像获得该标签，其副本被略去。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message>
        <source>Keep one of each</source>
        <translation>每组保留一张</translation>
    </message>
    <message>
        <source>Leave all out</source>
        <translation>全部略去</translation>
    </message>
    <message>
        <source>Keep all</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{count} of {total} images are left out.</source>
        <translation>{total} 张图像中略去 {count} 张。</translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>{name} and {count} more</source>
        <extracomment>A picture of 72 pixels and three lines beside it. Kinds with one sentence on many files, which get a row each.</extracomment>
        <translation>{name} 以及另外 {count} 张</translation>
    </message>
    <message>
        <source>✓ label {label}</source>
        <translation>✓ 标签 {label}</translation>
    </message>
    <message>
        <source>✕ {count} left out</source>
        <translation>✕ 略去 {count} 张</translation>
    </message>
</context>
<context>
    <name>FoundSoFar</name>
    <message>
        <source>Show the first results</source>
        <translation>显示初步结果</translation>
    </message>
    <message>
        <source>The first results are there. They change until the training ends.</source>
        <translation>已有初步结果，训练结束前会变化。</translation>
    </message>
    <message>
        <source>You can look through the images and decide while it runs.</source>
        <translation>运行期间可以浏览图像并作出决定。</translation>
    </message>
</context>
<context>
    <name>GalleryModel</name>
    <message>
        <source>label {0}</source>
        <extracomment>Role of the sample&apos;s position in the project.</extracomment>
        <translation>标签 {0}</translation>
    </message>
    <message>
        <source>suggested {0}</source>
        <translation>建议 {0}</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <source>Gallery</source>
        <extracomment>The current image has come on the screen.</extracomment>
        <translation>图库</translation>
    </message>
</context>
<context>
    <name>GpuOffer</name>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>使用这台计算机的 GPU…</translation>
    </message>
    <message>
        <source>This computer&apos;s GPU ({gpu}) would not be used.</source>
        <translation>这台计算机的 GPU（{gpu}）不会被使用。</translation>
    </message>
</context>
<context>
    <name>GuideBrowser</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <source>History of the image</source>
        <translation>图像的历史记录</translation>
    </message>
    <message>
        <source>When (UTC)</source>
        <translation>时间 (UTC)</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What the runs said</source>
        <translation>各次训练的结论</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>看起来像</translation>
    </message>
    <message>
        <source>Label wrong</source>
        <translation>标签错误</translation>
    </message>
    <message>
        <source>Blind check: the history is shown once you have decided.</source>
        <translation>盲检：决定之后才显示历史记录。</translation>
    </message>
    <message>
        <source>Nobody has decided on this image yet.</source>
        <translation>尚无人对此图像作出决定。</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>former content of the file</source>
        <translation>文件的先前内容</translation>
    </message>
</context>
<context>
    <name>ImageCard</name>
    <message>
        <source>Label: {label}</source>
        <translation>标签：{label}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Leave {image} out</source>
        <translation>略去 {image}</translation>
    </message>
</context>
<context>
    <name>ImageStage</name>
    <message>
        <source>No image</source>
        <extracomment>Of longer labels above the images the middle is left out; in letters. From here on there is room beside and below the photograph; in pixels.</extracomment>
        <translation>无图像</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 张，共 {1} 张</translation>
    </message>
    <message>
        <source>{0} selected</source>
        <translation>已选 {0} 张</translation>
    </message>
    <message>
        <source>in file order until a run has finished</source>
        <translation>在运行完成之前按文件顺序</translation>
    </message>
    <message>
        <source>{0} no longer match: update the list</source>
        <translation>{0} 项已不符合:更新列表</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>图块大小</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Show or hide the tools for zoom, filters and brightness</source>
        <translation>显示或隐藏缩放、滤镜和亮度工具</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>No image matches the filters.</source>
        <translation>没有图像符合筛选条件。</translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation>重置所有筛选</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Image</source>
        <extracomment>A step between the pixels that are shown may be so much wider than a pixel of the screen. What is asked for reaches so far beyond what is in sight, as a share of it. A message over the image stays for so many milliseconds.</extracomment>
        <translation>图像</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
</context>
<context>
    <name>InlineBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>KeptColumns</name>
    <message>
        <source>Columns of your table that stay</source>
        <translation>保留的表格列</translation>
    </message>
    <message>
        <source>Tick the columns of your table that stay. No other does.</source>
        <translation>勾选要保留的表格列。其他列一律不保留。</translation>
    </message>
    <message>
        <source>{name} (nearly every row has its own value: it can tell who it is)</source>
        <translation>{name}（几乎每行的值都不同：由此可能识别出本人）</translation>
    </message>
    <message>
        <source>{name} (as pseudonyms)</source>
        <translation>{name}（以假名代替）</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>chosen</source>
        <extracomment>Opacity of the key in its cap.</extracomment>
        <translation>已选</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>All keys</source>
        <translation>所有按键</translation>
    </message>
    <message>
        <source>{0} or a click puts this sheet away.</source>
        <translation>按 {0} 或单击关闭此页。</translation>
    </message>
    <message>
        <source>A click puts this sheet away.</source>
        <translation>单击关闭此页。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation>按住：显示文件中的原图</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>滚轮</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>以光标为中心缩放</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>拖动</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Right-drag</source>
        <translation>右键拖动</translation>
    </message>
    <message>
        <source>Up: brighter · left: more contrast</source>
        <translation>向上：更亮 · 向左：对比度更高</translation>
    </message>
    <message>
        <source>Right double click</source>
        <translation>右键双击</translation>
    </message>
    <message>
        <source>Reset brightness and contrast</source>
        <translation>重置亮度和对比度</translation>
    </message>
    <message>
        <source>Ctrl+Wheel</source>
        <translation>Ctrl+滚轮</translation>
    </message>
    <message>
        <source>Size of the tiles</source>
        <translation>图块大小</translation>
    </message>
    <message>
        <source>Ctrl/Shift+Click</source>
        <translation>Ctrl/Shift+单击</translation>
    </message>
    <message>
        <source>Select several images</source>
        <translation>选择多张图像</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>决定</translation>
    </message>
    <message>
        <source>Label, also on the number pad</source>
        <translation>标签，也可用数字小键盘</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>The photograph</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>鼠标</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>KeyMap</name>
    <message>
        <source>Hold: the image as it is in the file</source>
        <translation>按住：显示文件中的原图</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Select all images</source>
        <translation>选择所有图像</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”: choose another, or change that one first.</source>
        <translation>{0} 已是“{1}”的按键：请选择其他按键，或先更改那一个。</translation>
    </message>
    <message>
        <source>{0} is always “{1}”: choose another.</source>
        <translation>{0} 始终是“{1}”：请选择其他按键。</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys of all actions</source>
        <translation>所有操作的按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>新按键</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>无按键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>重置所有按键</translation>
    </message>
</context>
<context>
    <name>LabelQuestionPanel</name>
    <message>
        <source>Choose the table of labels…</source>
        <translation>选择标签表格…</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>判定图像质量…</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read; no labels are needed</source>
        <translation>找出质量太差、无法判读的图像；不需要标签</translation>
    </message>
    <message>
        <source>Which of these are the labels?</source>
        <translation>以下哪一项是标签？</translation>
    </message>
    <message>
        <source>This folder holds images, but nothing that says their labels.</source>
        <translation>此文件夹中有图像，但没有任何内容说明其标签。</translation>
    </message>
    <message>
        <source>Use these</source>
        <translation>使用这些</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>使用{name}</translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation>以及另外 {count} 个类别</translation>
    </message>
    <message>
        <source>The table {name}</source>
        <translation>表格 {name}</translation>
    </message>
    <message>
        <source>The names of the folders</source>
        <translation>文件夹的名称</translation>
    </message>
    <message>
        <source>The names of the folders inside of them</source>
        <translation>其中子文件夹的名称</translation>
    </message>
    <message>
        <source>Choose the table of labels</source>
        <translation>选择标签表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.xlsx);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
</context>
<context>
    <name>Lifetime</name>
    <message>
        <source>Every decision was saved.</source>
        <translation>所有决定都已保存。</translation>
    </message>
    <message>
        <source>Every decision was saved, and a training that was running can be resumed where it was last saved. Open {project} again?</source>
        <translation>所有决定都已保存，正在进行的训练可从上次保存处继续。再次打开 {project}？</translation>
    </message>
    <message>
        <source>QMix</source>
        <translation>QMix</translation>
    </message>
    <message>
        <source>QMix GUI did not close properly.</source>
        <translation>QMix GUI 未正常关闭。</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>再次打开</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Stopping the training…</source>
        <translation>正在停止训练…</translation>
    </message>
    <message>
        <source>Finishing the work on files…</source>
        <translation>正在完成文件操作…</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss the message</source>
        <extracomment>Text of a button and the key that it emits.</extracomment>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NewProject</name>
    <message>
        <source>Painting the demo photographs…</source>
        <translation>正在绘制演示照片…</translation>
    </message>
    <message>
        <source>Painting the demo photographs… {done} of {total}</source>
        <translation>正在绘制演示照片… {done} / {total}</translation>
    </message>
    <message>
        <source>Making the project…</source>
        <translation>正在创建项目…</translation>
    </message>
</context>
<context>
    <name>NoteBar</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>What should the next reader know?</source>
        <translation>下一位审阅者应该知道什么？</translation>
    </message>
    <message>
        <source>Note on {0}</source>
        <translation>{0} 的备注</translation>
    </message>
    <message>
        <source>Save note</source>
        <translation>保存备注</translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Images first whose suggested grade is on the other side of this one; then by expected shift in grades times its probability.</source>
        <translation>首先是建议等级位于该等级另一侧的图像；其余按预期等级偏移乘以其概率排序。</translation>
    </message>
    <message>
        <source>Error score</source>
        <translation>错误分数</translation>
    </message>
    <message>
        <source>Clinical impact</source>
        <translation>临床影响</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>Image quality, poorest first</source>
        <translation>图像质量,最差的在前</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Patients together</source>
        <translation>按患者归组</translation>
    </message>
    <message>
        <source>Referable from</source>
        <translation>转诊起始等级</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>No image looks wrong or too poor to read.</source>
        <translation>没有图像看起来标签错误或质量太差。</translation>
    </message>
    <message>
        <source>{0} of {1} suspicious images are read; the rest takes about {2} min.</source>
        <translation>{1} 张可疑图像已阅读 {0} 张;其余约需 {2} 分钟。</translation>
    </message>
    <message>
        <source>The one suspicious image is read.</source>
        <translation>唯一一张可疑图像已阅。</translation>
    </message>
    <message>
        <source>{0} more are hidden among the blind checks.</source>
        <extracomment>From here on there is room for what the buckets mean, in pixels.</extracomment>
        <translation>另有 {0} 张隐藏在盲检中。</translation>
    </message>
    <message>
        <source>All suspicious images are among the blind checks.</source>
        <translation>所有可疑图像都在盲检之中。</translation>
    </message>
    <message>
        <source>No single image is doubted enough to be marked; the most doubted come first.</source>
        <translation>没有哪张图像可疑到需要标记；最可疑的排在最前。</translation>
    </message>
    <message>
        <source>All {count} suspicious images are read.</source>
        <translation>全部 {count} 张可疑图像均已阅。</translation>
    </message>
    <message>
        <source>{0} of {1} images need your eye, about {2} min.</source>
        <translation>{1} 张图像中有 {0} 张需要您查看，约 {2} 分钟。</translation>
    </message>
    <message>
        <source>{0} of {1} images needs your eye, about {2} min.</source>
        <translation>{1} 张图像中有 {0} 张需要您查看，约 {2} 分钟。</translation>
    </message>
    <message>
        <source>Start review</source>
        <translation>开始审阅</translation>
    </message>
    <message>
        <source>Summary and next steps</source>
        <translation>总结与后续步骤</translation>
    </message>
    <message>
        <source>Resume the review</source>
        <translation>继续审阅</translation>
    </message>
    <message>
        <source>The next {0} images hold about {1} wrong labels.</source>
        <translation>接下来的 {0} 张图像约有 {1} 个错误标签。</translation>
    </message>
</context>
<context>
    <name>PackageDialog</name>
    <message>
        <source>Package for a second reader</source>
        <translation>第二阅片者的阅片包</translation>
    </message>
    <message>
        <source>Images packed</source>
        <translation>已打包的图像</translation>
    </message>
    <message>
        <source>One file with the images in random order and the classes: no labels, verdicts, file names, patients or EXIF. What is written in a picture itself goes along. The reader opens it with qmix-gui and sends back a small file of answers.</source>
        <translation>一个文件，包含随机顺序的图像和类别：不含标签、判定、文件名、患者或 EXIF。写在图像画面上的文字会一并带出。阅片者用 qmix-gui 打开它，并寄回一个小的答案文件。</translation>
    </message>
    <message>
        <source>Number of images</source>
        <translation>图像数量</translation>
    </message>
    <message>
        <source>of the {0} images listed now, drawn at random</source>
        <translation>张，从当前列出的 {0} 张图像中随机抽取</translation>
    </message>
    <message>
        <source>Instructions for the reader</source>
        <translation>给阅片者的说明</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>选择要写入的文件</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Write package</source>
        <translation>写入阅片包</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No image is listed: reset the filters first.</source>
        <translation>没有列出图像：请先重置筛选。</translation>
    </message>
    <message>
        <source>The instructions are longer than {0} characters.</source>
        <translation>说明超过 {0} 个字符。</translation>
    </message>
    <message>
        <source>Write the package to</source>
        <translation>阅片包写入到</translation>
    </message>
    <message>
        <source>Reading packages (*{0})</source>
        <translation>阅片包 (*{0})</translation>
    </message>
    <message>
        <source>{0} of {1} images packed</source>
        <translation>已打包 {0} / {1} 张图像</translation>
    </message>
    <message>
        <source>{0} images are in {1}.</source>
        <translation>{0} 张图像已写入 {1}。</translation>
    </message>
    <message>
        <source>{0} could not go along: {1}</source>
        <translation>{0} 张未能一并打包：{1}</translation>
    </message>
    <message>
        <source>Cancelled: nothing was written.</source>
        <translation>已取消：未写入任何内容。</translation>
    </message>
</context>
<context>
    <name>PlotArea</name>
    <message>
        <source>Plots of the run</source>
        <translation>本次运行的图表</translation>
    </message>
    <message>
        <source>Separation</source>
        <translation>分离</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分布图</translation>
    </message>
</context>
<context>
    <name>PreflightPage</name>
    <message>
        <source>Progress of the check</source>
        <translation>检查进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This dataset cannot be used as it is</source>
        <translation>此数据集目前无法使用</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再次检查</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>判定图像质量…</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read; no labels are needed</source>
        <translation>找出质量太差、无法判读的图像；不需要标签</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Opening every image once…</source>
        <translation>正在逐一打开图像…</translation>
    </message>
    <message>
        <source>{done} of {total} images opened</source>
        <translation>已打开 {done} / {total} 张图像</translation>
    </message>
    <message>
        <source>Choose the image folder or the columns, and read again.</source>
        <translation>请选择图像文件夹或列，然后重新读取。</translation>
    </message>
</context>
<context>
    <name>PreflightReport</name>
    <message>
        <source>Pictures of each class</source>
        <extracomment>From so many pixels on there is room for both panels side by side. Share of the room for the findings, beside 5 for the classes.</extracomment>
        <translation>各类别的图像</translation>
    </message>
    <message>
        <source>Images of each class</source>
        <translation>各类别的图像</translation>
    </message>
    <message>
        <source>Problems by kind</source>
        <translation>按类型列出的问题</translation>
    </message>
    <message>
        <source>Every image could be opened, and nothing looks odd.</source>
        <translation>每张图像都能打开，未见异常。</translation>
    </message>
    <message>
        <source>Judge image quality…</source>
        <translation>判定图像质量…</translation>
    </message>
    <message>
        <source>Find the images that are too poor to read</source>
        <translation>找出质量太差、无法判读的图像</translation>
    </message>
    <message>
        <source>Classes…</source>
        <translation>类别…</translation>
    </message>
    <message>
        <source>Order and names of the classes</source>
        <translation>类别的顺序和名称</translation>
    </message>
    <message>
        <source>Look at the images…</source>
        <translation>查看图像…</translation>
    </message>
    <message>
        <source>Compare the images, leave some out, settle a label</source>
        <translation>比较图像，略去其中一些，确定标签</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Merge these spellings</source>
        <translation>合并这些写法</translation>
    </message>
    <message>
        <source>Leave out all but one of each</source>
        <translation>每组只留一张，其余略去</translation>
    </message>
    <message>
        <source>Leave out all</source>
        <translation>全部略去</translation>
    </message>
    <message>
        <source>Grades, from the lowest to the highest</source>
        <translation>等级，从最低到最高</translation>
    </message>
    <message>
        <source>Classes without an order</source>
        <translation>无顺序的类别</translation>
    </message>
    <message>
        <source>Things to know</source>
        <translation>须知</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>略去 {count} 张</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>and {count} more classes</source>
        <translation>以及另外 {count} 个类别</translation>
    </message>
    <message>
        <source>No problems</source>
        <translation>没有问题</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>QualityBox</name>
    <message>
        <source>What counts as poor</source>
        <translation>什么算差</translation>
    </message>
    <message>
        <source>Threshold and learning…</source>
        <translation>阈值与学习…</translation>
    </message>
    <message>
        <source>Move where poor begins, and let QMix learn from what you called poor and fine</source>
        <translation>移动“差”的起点，并让 QMix 从您判为差和良好的图像中学习</translation>
    </message>
    <message>
        <source>{poor} of {images} images, below {percent}&#xa0;%</source>
        <translation>{images} 幅图像中的 {poor} 幅，低于 {percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Learned from {0} poor and {1} fine</source>
        <translation>已从 {0} 幅差和 {1} 幅良好的图像中学习</translation>
    </message>
    <message>
        <source>{0} were called poor and {1} fine: QMix can learn from that.</source>
        <translation>{0} 幅被判为差，{1} 幅良好：QMix 可以从中学习。</translation>
    </message>
    <message>
        <source>{0} were called poor and {1} fine; it takes {2} of each to learn.</source>
        <translation>{0} 幅被判为差，{1} 幅良好；学习需要每种各 {2} 幅。</translation>
    </message>
</context>
<context>
    <name>QualityCheckDialog</name>
    <message>
        <source>Image quality</source>
        <extracomment>Seconds after which the pace says something of the time that is left.</extracomment>
        <translation>图像质量</translation>
    </message>
    <message>
        <source>Each image is compared with the better images of this set, and with copies of them made poor. Nothing leaves this computer, and no label is needed.</source>
        <translation>每幅图像都与本数据集中较好的图像及其劣化副本比较。数据不会离开本机，也不需要标签。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Look at the poor ones…</source>
        <translation>查看差的图像…</translation>
    </message>
    <message>
        <source>Leave the poor out</source>
        <translation>排除差的图像</translation>
    </message>
    <message>
        <source>Save the table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>{done} of {total} images</source>
        <translation>{done} / {total} 幅图像</translation>
    </message>
    <message>
        <source>Comparing them…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Files that cannot be read: {0}</source>
        <translation>无法读取的文件：{0}</translation>
    </message>
    <message>
        <source>What the poor ones are most like, where it can be told: {0}.</source>
        <translation>差的图像最像（在能判断时）：{0}。</translation>
    </message>
    <message>
        <source>{count} of {total} images are left out.</source>
        <translation>{total} 幅图像中已排除 {count} 幅。</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved: {0}</source>
        <translation>已保存：{0}</translation>
    </message>
</context>
<context>
    <name>QualityDialog</name>
    <message>
        <source>What counts as poor</source>
        <translation>什么算差</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Each image has a quality from 0 to 100&#xa0;%. Below the threshold it is poor, and lies in “{bucket}” whatever its label says. No decision changes.</source>
        <translation>每幅图像的质量为 0 到 100&#xa0;%。低于阈值即为差，无论标签如何都归入“{bucket}”。任何决定都不会改变。</translation>
    </message>
    <message>
        <source>Poor below a quality of</source>
        <translation>质量低于此值算差</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Reset to {0}&#xa0;%</source>
        <translation>重置为 {0}&#xa0;%</translation>
    </message>
    <message>
        <source>The default, as it was measured</source>
        <translation>经测量得出的默认值</translation>
    </message>
    <message>
        <source>Learn from what was called poor and fine</source>
        <translation>从判为差和良好的图像中学习</translation>
    </message>
    <message>
        <source>Take what you said about image quality</source>
        <translation>采用您对图像质量的判断</translation>
    </message>
    <message>
        <source>Forget again</source>
        <translation>撤销采用</translation>
    </message>
    <message>
        <source>Called poor: {0}; called fine: {1}.</source>
        <translation>判为差：{0}；判为良好：{1}。</translation>
    </message>
    <message>
        <source>In force: what {0} poor and {1} fine ones taught.</source>
        <translation>生效中：从 {0} 幅差和 {1} 幅良好的图像中学到的内容。</translation>
    </message>
    <message>
        <source>Finding out what that teaches…</source>
        <translation>正在计算可学到的内容…</translation>
    </message>
    <message>
        <source>{0} more called poor (re-take; keep, poor image; exclude)</source>
        <translation>再有 {0} 幅判为差（重拍；保留，图像差；排除）</translation>
    </message>
    <message>
        <source>{0} more called fine (image quality is fine; keep; relabel)</source>
        <translation>再有 {0} 幅判为良好（图像质量良好；保留；更改标签）</translation>
    </message>
    <message>
        <source>To learn from that it still takes {0}.</source>
        <translation>要从中学习，还需要{0}。</translation>
    </message>
    <message>
        <source> and </source>
        <translation>，以及</translation>
    </message>
    <message>
        <source>Nothing else was said since.</source>
        <translation>此后没有新的判断。</translation>
    </message>
    <message>
        <source>With it {poor} images are poor instead of {before}: {more} become poor, {less} readable. Nothing is trained again.</source>
        <translation>采用后差的图像为 {poor} 幅（原为 {before} 幅）：{more} 幅变为差，{less} 幅变为可读。无需重新训练。</translation>
    </message>
    <message>
        <source>Of one called poor and one called fine, the poor one gets the lower quality in {0} of 100 cases, each judged by what was said of other patients (AUROC {1}).</source>
        <translation>一幅判为差与一幅判为良好的图像相比，100 例中有 {0} 例差的图像得到较低的质量，均依据对其他患者的判断（AUROC {1}）。</translation>
    </message>
    <message>
        <source>By chance it would be 50: more verdicts may help.</source>
        <translation>随机结果为 50：更多判断可能有帮助。</translation>
    </message>
</context>
<context>
    <name>QueueRuler</name>
    <message>
        <source>Position in the list</source>
        <translation>列表中的位置</translation>
    </message>
    <message>
        <source>Image {0} of {1}; click to go elsewhere</source>
        <translation>第 {0} 张，共 {1} 张；单击可跳转</translation>
    </message>
</context>
<context>
    <name>ReadingController</name>
    <message>
        <source>The name goes along with your answers, so that they can be told from other readers&apos;. With the same name you go on where you stopped.</source>
        <translation>姓名会随答案一起保存，以便与其他阅片者的答案区分。使用相同的姓名可从上次停下的地方继续。</translation>
    </message>
</context>
<context>
    <name>ReadingPage</name>
    <message>
        <source>Ungradable</source>
        <translation>无法判读</translation>
    </message>
    <message>
        <source>{0} lines of the answers are damaged and cannot be read.</source>
        <translation>答案中有 {0} 行已损坏，无法读取。</translation>
    </message>
    <message>
        <source>Reader: {0}</source>
        <translation>阅片者：{0}</translation>
    </message>
    <message>
        <source>Read under another name</source>
        <translation>以其他姓名阅片</translation>
    </message>
    <message>
        <source>Export answers…</source>
        <translation>导出答案…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>image {0}</source>
        <translation>第 {0} 张图像</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 张，共 {1} 张</translation>
    </message>
    <message>
        <source>ambiguous</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>ungradable</source>
        <translation>无法判读</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>尚未阅片</translation>
    </message>
    <message>
        <source>You said: {0}</source>
        <translation>您的答案：{0}</translation>
    </message>
    <message>
        <source> · Note: {0}</source>
        <translation> · 备注：{0}</translation>
    </message>
    <message>
        <source>{0} of {1} read</source>
        <translation>已阅 {0} / {1}</translation>
    </message>
    <message>
        <source>All images are read. Export your answers and send the file back.</source>
        <translation>所有图像均已阅片。请导出答案并寄回该文件。</translation>
    </message>
    <message>
        <source>Export answers to</source>
        <translation>答案导出到</translation>
    </message>
    <message>
        <source>Answers (*{0})</source>
        <translation>答案 (*{0})</translation>
    </message>
    <message>
        <source>{0} answers are in {1}. Send that file to whom the package is from.</source>
        <translation>{0} 条答案已写入 {1}。请将该文件寄给提供阅片包的人。</translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message>
        <source>Esc  Skip</source>
        <translation>Esc  跳过</translation>
    </message>
    <message>
        <source>Why take {0} again?</source>
        <translation>为什么重拍 {0}?</translation>
    </message>
    <message>
        <source>Why take {0} images again?</source>
        <translation>为什么重拍 {0} 张图像?</translation>
    </message>
    <message>
        <source>Why exclude {0}?</source>
        <translation>为什么排除 {0}?</translation>
    </message>
    <message>
        <source>Why exclude {0} images?</source>
        <translation>为什么排除 {0} 张图像?</translation>
    </message>
</context>
<context>
    <name>RecentProjects</name>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>The project folder is not there any more</source>
        <translation>项目文件夹已不存在</translation>
    </message>
    <message>
        <source>The project&apos;s database is gone</source>
        <translation>项目的数据库已丢失</translation>
    </message>
</context>
<context>
    <name>RecentRow</name>
    <message>
        <source>Open project {name}</source>
        <translation>打开项目 {name}</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>已审阅 {done} / {total}</translation>
    </message>
    <message>
        <source>Remove from this list (the project stays on disk)</source>
        <translation>从此列表移除（项目仍在磁盘上）</translation>
    </message>
    <message>
        <source>Remove {name} from the list</source>
        <translation>从列表移除 {name}</translation>
    </message>
</context>
<context>
    <name>RecoveryOffer</name>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Recovering {0}…</source>
        <translation>正在恢复 {0}…</translation>
    </message>
    <message>
        <source>Project recovered</source>
        <translation>项目已恢复</translation>
    </message>
    <message>
        <source>{0} was recovered.</source>
        <translation>{0} 已恢复。</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Show the report</source>
        <translation>显示报告</translation>
    </message>
    <message>
        <source>The report holds the error, where it happened, and the versions of QMix and of the system; no pictures and no names of images. The whole log is in {file}</source>
        <translation>报告包含错误、发生位置以及 QMix 和系统的版本；不含图片和图像名称。完整日志在 {file}</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Hide the report</source>
        <translation>隐藏报告</translation>
    </message>
</context>
<context>
    <name>RetrainDialog</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Retrain</source>
        <translation>重新训练</translation>
    </message>
    <message>
        <source>Start the training?</source>
        <translation>开始训练？</translation>
    </message>
    <message>
        <source>Train again?</source>
        <translation>再次训练？</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change the settings of the training</source>
        <translation>更改训练设置</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
</context>
<context>
    <name>ReviewKeys</name>
    <message>
        <source>That is the last image of this list.</source>
        <translation>这是此列表的最后一张图像。</translation>
    </message>
    <message>
        <source>That is the first image of this list.</source>
        <translation>这是此列表的第一张图像。</translation>
    </message>
    <message>
        <source>Every image of this list has been reviewed.</source>
        <translation>此列表的每张图像都已审阅。</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Settle them</source>
        <translation>进行裁定</translation>
    </message>
    <message>
        <source>New results are ready. The list stays as it is until you take them.</source>
        <extracomment>What the summary at the end of a list offers, by the names of the actions. What was done is told in so many letters, so that the link that undoes it stays in sight.</extracomment>
        <translation>新结果已就绪。在您采用之前，列表保持不变。</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>显示结果</translation>
    </message>
    <message>
        <source>No image changed its bucket since run {0}.</source>
        <translation>自运行 {0} 以来没有图像换过分组。</translation>
    </message>
    <message>
        <source>No run has finished yet: nothing tells which images to read.</source>
        <translation>尚无完成的训练,无法得知应阅读哪些图像。</translation>
    </message>
    <message>
        <source>Every image of this list has been reviewed.</source>
        <translation>此列表的每张图像都已审阅。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{0} blind checks are among the next images.</source>
        <translation>接下来的图像中有 {0} 张盲检。</translation>
    </message>
    <message>
        <source>There is no image left to check.</source>
        <translation>没有剩余图像可检查。</translation>
    </message>
    <message>
        <source>No image lies inside.</source>
        <translation>其中没有图像。</translation>
    </message>
    <message>
        <source>A blind check is judged alone.</source>
        <translation>盲检图像须单独判断。</translation>
    </message>
    <message>
        <source>No run has finished yet: nothing tells how well images can be read.</source>
        <translation>尚无已完成的运行：无法得知图像的可读性。</translation>
    </message>
</context>
<context>
    <name>ReviewQueue</name>
    <message>
        <source>Changed since run {0}</source>
        <translation>自运行 {0} 以来有变化</translation>
    </message>
    <message>
        <source>Altered or missing</source>
        <translation>已改变或缺失</translation>
    </message>
    <message>
        <source>{0} and {1} differ</source>
        <translation>{0} 与 {1} 不一致</translation>
    </message>
</context>
<context>
    <name>ReviewStatus</name>
    <message>
        <source>Share of reviewed images</source>
        <translation>已审阅图像的比例</translation>
    </message>
    <message>
        <source>Change the reviewer&apos;s name</source>
        <translation>更改审阅者姓名</translation>
    </message>
    <message>
        <source>No reviewer yet</source>
        <translation>尚无审阅者</translation>
    </message>
    <message>
        <source>Reviewer: {name}. Change</source>
        <translation>审阅者：{name}。更改</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{done} of {total} reviewed</source>
        <translation>已审阅 {done} / {total}</translation>
    </message>
    <message>
        <source> · {pace} a minute · suspicious ones: {left}</source>
        <translation> · 每分钟 {pace} 张 · 可疑图像：{left}</translation>
    </message>
</context>
<context>
    <name>ReviewerPrompt</name>
    <message>
        <source>Reviewer</source>
        <translation>审阅者</translation>
    </message>
    <message>
        <source>Who is reviewing?</source>
        <translation>谁在审阅？</translation>
    </message>
    <message>
        <source>Who is reading?</source>
        <translation>谁在阅片？</translation>
    </message>
    <message>
        <source>The name is written beside every decision in this project. It stays on this computer and can be changed at the bottom of the window.</source>
        <translation>姓名会写在此项目的每个决定旁边。它只留在本机，可在窗口底部更改。</translation>
    </message>
    <message>
        <source>Name or initials</source>
        <translation>姓名或缩写</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation>审阅者姓名</translation>
    </message>
</context>
<context>
    <name>RunDetails</name>
    <message>
        <source>Log of the run</source>
        <translation>运行日志</translation>
    </message>
    <message>
        <source>The training process has said nothing so far.</source>
        <translation>训练进程到目前为止没有输出。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the log</source>
        <translation>复制日志</translation>
    </message>
</context>
<context>
    <name>RunOptionsForm</name>
    <message>
        <source>For experts</source>
        <extracomment>In sight beside the presets: what a person changes who has a network of their own.</extracomment>
        <translation>供专家使用</translation>
    </message>
    <message>
        <source>Choose the weights of this encoder, or leave the encoder empty.</source>
        <translation>请选择此编码器的权重，或将编码器留空。</translation>
    </message>
    <message>
        <source>{option}: there is no file {file}. Choose another.</source>
        <translation>{option}：文件 {file} 不存在。请另选一个。</translation>
    </message>
    <message>
        <source>as the encoder expects</source>
        <translation>按编码器的要求</translation>
    </message>
    <message>
        <source>as the preset says ({value})</source>
        <translation>按预设（{value}）</translation>
    </message>
    <message>
        <source>as the preset says</source>
        <translation>按预设</translation>
    </message>
</context>
<context>
    <name>RunStatus</name>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Training paused</source>
        <translation>训练已暂停</translation>
    </message>
    <message>
        <source>Stopping the training…</source>
        <translation>正在停止训练…</translation>
    </message>
    <message>
        <source>Training {percent} %</source>
        <translation>训练 {percent} %</translation>
    </message>
    <message>
        <source>No line to the other computer: trying again</source>
        <translation>与另一台计算机的连接已断开：正在重试</translation>
    </message>
</context>
<context>
    <name>RunnerEditor</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test where the training runs</source>
        <translation>测试训练运行位置</translation>
    </message>
    <message>
        <source>Where the training runs</source>
        <translation>训练运行位置</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
</context>
<context>
    <name>SampleStrip</name>
    <message>
        <source>Pictures of {name}</source>
        <extracomment>There are as many lines of pictures as there can be with pictures of this side. Of that side, when one more picture fills the line. Pictures of all classes together: fewer than are kept in memory, or they were read for ever. Pixels of a picture&apos;s longer side: sharp at double scale.</extracomment>
        <translation>{name} 的图像</translation>
    </message>
</context>
<context>
    <name>SavedFilterMenu</name>
    <message>
        <source>Saved filters</source>
        <translation>已保存的筛选</translation>
    </message>
    <message>
        <source>Save this filter…</source>
        <translation>保存此筛选…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>保存此筛选</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>筛选的名称</translation>
    </message>
</context>
<context>
    <name>ScaleDialog</name>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>These classes are grades, the lowest first</source>
        <translation>这些类别为等级，最低的在前</translation>
    </message>
    <message>
        <source>The names are for the screen. Exports keep the values that the files have.</source>
        <translation>名称仅用于屏幕显示。导出保留文件中的值。</translation>
    </message>
    <message>
        <source>In the files</source>
        <translation>文件中</translation>
    </message>
    <message>
        <source>On the screen</source>
        <translation>屏幕上</translation>
    </message>
    <message>
        <source>Values and names of the classes</source>
        <translation>类别的值和名称</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
</context>
<context>
    <name>SecondReadersController</name>
    <message>
        <source>No second reader&apos;s answers are here yet: package images for one, then merge.</source>
        <translation>尚无第二阅片者的答案：请先为其打包图像，然后合并答案。</translation>
    </message>
    <message>
        <source>Decisions imported: {0}.</source>
        <translation>已导入的决定：{0}。</translation>
    </message>
    <message>
        <source>Here already: {0}.</source>
        <translation>已存在：{0}。</translation>
    </message>
    <message>
        <source>Left out, since their images have changed: {0}.</source>
        <translation>因图像已更改而略过：{0}。</translation>
    </message>
    <message>
        <source>Images decided differently here: {0}. Your decisions are kept for now.</source>
        <translation>此处决定不同的图像：{0}。暂时保留您的决定。</translation>
    </message>
    <message>
        <source>This reading of {0} was here already: nothing was changed.</source>
        <translation>{0} 的这次阅片已在此处：未作任何更改。</translation>
    </message>
    <message>
        <source>{0} answers of {1} are in the project.</source>
        <translation>{1} 的 {0} 条答案已加入项目。</translation>
    </message>
    <message>
        <source>{0} do not count: their images have changed since.</source>
        <translation>{0} 条不计入：其图像此后已改变。</translation>
    </message>
    <message>
        <source>Readers disagree on {0} images.</source>
        <translation>阅片者对 {0} 张图像意见不一致。</translation>
    </message>
    <message>
        <source>Choose the answers of a second reader, or an exported log of decisions</source>
        <translation>选择第二阅片者的判读结果，或导出的决定日志</translation>
    </message>
    <message>
        <source>Answers and decisions (*{0} *.csv *.tsv *.xlsx)</source>
        <translation>判读结果和决定 (*{0} *.csv *.tsv *.xlsx)</translation>
    </message>
    <message>
        <source>They differ on no image.</source>
        <translation>他们对所有图像均无分歧。</translation>
    </message>
</context>
<context>
    <name>SeparationPlot</name>
    <message>
        <source>Separation plot</source>
        <extracomment>Lets crowds look denser; 255 is opaque. Kind of the subset that is drawn here. Numbers and name of the axis without the gap that pyqtgraph leaves; the panel is low. Lower, crowds cannot be told apart.</extracomment>
        <translation>分离图</translation>
    </message>
    <message>
        <source>Network A</source>
        <translation>网络 A</translation>
    </message>
    <message>
        <source>Network B</source>
        <translation>网络 B</translation>
    </message>
    <message>
        <source>Network whose separation is drawn</source>
        <translation>所绘分离的网络</translation>
    </message>
    <message>
        <source>The first separation of a run appears here.</source>
        <translation>运行的首次分离会显示在这里。</translation>
    </message>
    <message>
        <source>Round whose separation is drawn</source>
        <translation>所绘分离的轮次</translation>
    </message>
    <message>
        <source>The separation of each round. The last one has the colours of the verdicts, earlier ones those that their separation alone gave.</source>
        <translation>各轮的分离。最后一轮使用判定的颜色，较早的轮次使用仅由其自身分离得出的颜色。</translation>
    </message>
    <message>
        <source>Round {0} of {1}</source>
        <translation>第 {0} 轮，共 {1} 轮</translation>
    </message>
    <message>
        <source>The scores of round {0} cannot be read.</source>
        <translation>无法读取第 {0} 轮的分数。</translation>
    </message>
    <message>
        <source>{0} of {1} points drawn</source>
        <translation>已绘制 {0} / {1} 个点</translation>
    </message>
    <message>
        <source>{0} in the plot</source>
        <translation>图中 {0} 张</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Reset to defaults</source>
        <translation>恢复默认值</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>引擎环境</translation>
    </message>
    <message>
        <source>After a restart.</source>
        <translation>重新启动后生效。</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the weights file</source>
        <translation>选择权重文件</translation>
    </message>
    <message>
        <source>Every decision carries a name: the one before is kept.</source>
        <translation>每个决定都带有姓名：保留之前的姓名。</translation>
    </message>
    <message>
        <source>There is no file {0}: choose another.</source>
        <translation>没有文件 {0}：请选择其他文件。</translation>
    </message>
    <message>
        <source>{0} changes when QMix is started again.</source>
        <translation>“{0}”将在 QMix 重新启动后改变。</translation>
    </message>
    <message>
        <source>Choose pretrained weights</source>
        <translation>选择预训练权重</translation>
    </message>
    <message>
        <source>Weights (*.pth *.pt *.safetensors);;All files (*)</source>
        <translation>权重 (*.pth *.pt *.safetensors);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Search file names</source>
        <translation>搜索文件名</translation>
    </message>
    <message>
        <source>patient:10 finds the images of patient 10 alone, class:2 those labelled 2 by the value or by the name shown, camera:Topcon those with Topcon in the column camera of the table</source>
        <translation>patient:10 只查找患者 10 的图像，class:2 查找类别值或显示名称为 2 的图像，camera:Topcon 查找表格 camera 列为 Topcon 的图像</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>更多筛选</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>所有图像</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>图像质量</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>原标签</translation>
    </message>
    <message>
        <source>Suggested label</source>
        <translation>建议标签</translation>
    </message>
    <message>
        <source>Readers</source>
        <translation>阅片者</translation>
    </message>
    <message>
        <source>Contradicting labels</source>
        <translation>相互矛盾的标签</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>稳定性</translation>
    </message>
    <message>
        <source>Changed bucket while training</source>
        <translation>训练中换过分组</translation>
    </message>
    <message>
        <source>Stable verdict</source>
        <translation>判定稳定</translation>
    </message>
    <message>
        <source>Class deleted</source>
        <translation>类别已删除</translation>
    </message>
    <message>
        <source>No label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>Reset all filters</source>
        <translation>重置所有筛选</translation>
    </message>
</context>
<context>
    <name>SimilarDialog</name>
    <message>
        <source>Find similar images</source>
        <translation>查找相似图像</translation>
    </message>
    <message>
        <source>Similar images</source>
        <translation>相似图像</translation>
    </message>
    <message>
        <source>Images like {0}</source>
        <translation>与 {0} 相似的图像</translation>
    </message>
    <message>
        <source>Images like one of the {0} selected</source>
        <translation>与所选 {0} 张图像之一相似的图像</translation>
    </message>
    <message>
        <source>How alike</source>
        <translation>相似程度</translation>
    </message>
    <message>
        <source>Tick all undecided</source>
        <translation>勾选所有未决定的图像</translation>
    </message>
    <message>
        <source>Tick none</source>
        <translation>全部取消勾选</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More alike</source>
        <translation>更相似</translation>
    </message>
    <message>
        <source>Keep labels</source>
        <translation>保留标签</translation>
    </message>
    <message>
        <source>Label as</source>
        <translation>标记为</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>(the most alike)</source>
        <translation>（最相似的）</translation>
    </message>
    <message>
        <source>The run that is shown has left nothing to compare this image by.</source>
        <translation>所显示的训练没有留下可用于比较此图像的数据。</translation>
    </message>
    <message>
        <source>{0} ticked</source>
        <translation>已勾选 {0} 张</translation>
    </message>
    <message>
        <source>Tick the images to decide on: a click each, or Space.</source>
        <translation>勾选要决定的图像：逐个点击，或按空格键。</translation>
    </message>
    <message>
        <source>Decided on {0} images.</source>
        <translation>已对 {0} 张图像作出决定。</translation>
    </message>
    <message>
        <source>Undone.</source>
        <translation>已撤销。</translation>
    </message>
</context>
<context>
    <name>SimilarStrip</name>
    <message>
        <source>{0}, verified by a reader</source>
        <extracomment>How alike two images are takes more words than a picture is wide.</extracomment>
        <translation>{0}，已由审阅者核实</translation>
    </message>
    <message>
        <source>{0}, from the clean images: no reader has verified any yet</source>
        <translation>{0}，来自干净图像：尚无审阅者核实</translation>
    </message>
    <message>
        <source>{0}: no verified and no clean image to compare with</source>
        <translation>{0}：没有已核实或干净的图像可供比较</translation>
    </message>
</context>
<context>
    <name>SourceChooser</name>
    <message>
        <source>Choose the dataset folder</source>
        <translation>选择数据集文件夹</translation>
    </message>
    <message>
        <source>Choose the table of labels</source>
        <translation>选择标签表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.xlsx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose the project folder (.qmix)</source>
        <translation>选择项目文件夹 (.qmix)</translation>
    </message>
    <message>
        <source>Choose the reading package</source>
        <translation>选择阅片包</translation>
    </message>
    <message>
        <source>Reading packages (*.qmixread)</source>
        <translation>阅片包 (*.qmixread)</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>Start training</source>
        <extracomment>Width in pixels. Qt&apos;s own largest height of a widget.</extracomment>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change the labels, the project&apos;s place or the training</source>
        <translation>更改标签、项目位置或训练</translation>
    </message>
    <message>
        <source>You can look through the images while it runs. The dataset stays untouched.</source>
        <translation>运行期间可以浏览图像。数据集保持不变。</translation>
    </message>
    <message>
        <source>Every image comes into one of three groups</source>
        <translation>每张图像归入三组之一</translation>
    </message>
    <message>
        <source>Change how the table is read</source>
        <translation>更改表格的读取方式</translation>
    </message>
    <message>
        <source>Change the project&apos;s location</source>
        <translation>更改项目的位置</translation>
    </message>
    <message>
        <source>Decisions, runs and results go here; the dataset stays untouched.</source>
        <translation>决定、运行和结果存放在此；数据集保持不变。</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>This dataset already has a project, {name}.</source>
        <translation>此数据集已有项目 {name}。</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>略去 {count} 张</translation>
    </message>
    <message>
        <source>Where to keep the project</source>
        <translation>项目保存位置</translation>
    </message>
</context>
<context>
    <name>StopQuestion</name>
    <message>
        <source>Training is running</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>停止训练？</translation>
    </message>
    <message>
        <source>It can be resumed later where it was last saved. Decisions are saved in any case.</source>
        <translation>之后可从上次保存处继续。决定无论如何都已保存。</translation>
    </message>
    <message>
        <source>Keep it running</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Stop training</source>
        <translation>停止训练</translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message>
        <source>What to do next</source>
        <extracomment>Most pixels of a line that is still read at a glance.</extracomment>
        <translation>接下来做什么</translation>
    </message>
    <message>
        <source>Every image of this list is read. {0} suspicious ones are left.</source>
        <translation>此列表中的图像均已阅读,还剩 {0} 张可疑图像。</translation>
    </message>
    <message>
        <source>Every suspicious image is read.</source>
        <translation>所有可疑图像均已阅读。</translation>
    </message>
    <message>
        <source>Check a sample of the clean images blindly</source>
        <translation>盲查一部分干净图像</translation>
    </message>
    <message>
        <source>Tells how many wrong labels the list has missed; their verdict is hidden.</source>
        <translation>可得知列表漏掉了多少错误标签;其判定是隐藏的。</translation>
    </message>
    <message>
        <source>Look at the ambiguous ones again</source>
        <translation>再看一遍不明确的图像</translation>
    </message>
</context>
<context>
    <name>TableOptionsForm</name>
    <message>
        <source>How to read the table</source>
        <extracomment>A split has few values; a column with more is none.</extracomment>
        <translation>如何读取表格</translation>
    </message>
    <message>
        <source>the table&apos;s own folder</source>
        <translation>表格所在的文件夹</translation>
    </message>
    <message>
        <source>Image folder</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the image folder</source>
        <translation>选择图像文件夹</translation>
    </message>
    <message>
        <source>Sheet of the workbook</source>
        <translation>工作簿的工作表</translation>
    </message>
    <message>
        <source>Column with the image</source>
        <translation>图像所在列</translation>
    </message>
    <message>
        <source>Column with the label</source>
        <translation>标签所在列</translation>
    </message>
    <message>
        <source>Disease to look at</source>
        <translation>要查看的疾病</translation>
    </message>
    <message>
        <source>Column with the patient</source>
        <translation>患者所在列</translation>
    </message>
    <message>
        <source>Column with the split</source>
        <translation>数据划分所在列</translation>
    </message>
    <message>
        <source>Rows to take</source>
        <translation>要读取的行</translation>
    </message>
    <message>
        <source>none; several with commas between</source>
        <translation>无；多个用逗号分隔</translation>
    </message>
    <message>
        <source>Classes to leave out</source>
        <translation>要略去的类别</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Image column</source>
        <translation>图像列</translation>
    </message>
    <message>
        <source>Label column</source>
        <translation>标签列</translation>
    </message>
    <message>
        <source>Disease</source>
        <translation>疾病</translation>
    </message>
    <message>
        <source>Patient column</source>
        <translation>患者列</translation>
    </message>
    <message>
        <source>Split column</source>
        <translation>划分列</translation>
    </message>
    <message>
        <source>by the names of the files</source>
        <translation>按文件名</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none: take the label column</source>
        <translation>无：使用标签列</translation>
    </message>
    <message>
        <source>by its name: none found</source>
        <translation>按列名：未找到</translation>
    </message>
    <message>
        <source>by its name: {name}</source>
        <translation>按列名：{name}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>ThisComputerDialog</name>
    <message>
        <source>This computer</source>
        <translation>这台计算机</translation>
    </message>
    <message>
        <source>The engine is started once to see what it can do: this takes some seconds.</source>
        <translation>正在启动一次引擎以了解其能力：需要几秒钟。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy it as text for a report of an error; your home folder is not named</source>
        <translation>复制为文本，用于错误报告；不会写出您的主文件夹</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Use this computer&apos;s GPU…</source>
        <translation>使用这台计算机的 GPU…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking at this computer…</source>
        <translation>正在检查这台计算机…</translation>
    </message>
    <message>
        <source>Something does not work on this computer</source>
        <translation>这台计算机上有些部分无法工作</translation>
    </message>
    <message>
        <source>All works on this computer, with a limit</source>
        <translation>这台计算机可以正常工作，但有限制</translation>
    </message>
    <message>
        <source>All works on this computer</source>
        <translation>这台计算机一切正常</translation>
    </message>
    <message>
        <source>This computer could not be looked at</source>
        <translation>无法检查这台计算机</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Limited</source>
        <translation>受限</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>The check could not be started: {reason}.</source>
        <translation>无法启动检查：{reason}。</translation>
    </message>
    <message>
        <source>The check ended with exit code {code}: {words} Check again; if that does not help, install QMix again.</source>
        <translation>检查以退出代码 {code} 结束：{words} 请重新检查；如果仍无效，请重新安装 QMix。</translation>
    </message>
</context>
<context>
    <name>TileDelegate</name>
    <message>
        <source>Loading…</source>
        <extracomment>What a text over a photograph stands on. Of the accent in the ground of a selected tile. A picture from the cache whose file is missing; 1 is opaque. Several screens of tiles in the size that they are painted in.</extracomment>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>The file is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>blind check</source>
        <translation>盲检</translation>
    </message>
    <message>
        <source>no verdict yet</source>
        <translation>尚无判定</translation>
    </message>
</context>
<context>
    <name>Tone</name>
    <message>
        <source>Window {0} · Level {1}</source>
        <extracomment>The values that are shown black and white; black is the greater one in an inverted file. So many pixels of a drag double the window, and move the level by its width.</extracomment>
        <translation>窗宽 {0} · 窗位 {1}</translation>
    </message>
    <message>
        <source>Brightness {0} % · Contrast {1} %</source>
        <translation>亮度 {0} % · 对比度 {1} %</translation>
    </message>
</context>
<context>
    <name>TrainingPanel</name>
    <message>
        <source>No run yet</source>
        <extracomment>In pixels, beside plots: for a few words, for a run, and for its curves or its log.</extracomment>
        <translation>尚无运行</translation>
    </message>
    <message>
        <source>Training finds the suspicious images. You can review while it runs.</source>
        <translation>训练会找出可疑图像。训练期间可以审阅。</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>For experts</source>
        <translation>供专家使用</translation>
    </message>
    <message>
        <source>Curves of the training, for experts</source>
        <translation>训练曲线，供专家使用</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Results of run {run} are shown</source>
        <translation>显示的是运行 {run} 的结果</translation>
    </message>
    <message>
        <source>Train again after corrections: verified labels count as facts.</source>
        <translation>更正后再次训练：已核实的标签视为事实。</translation>
    </message>
    <message>
        <source>Retrain…</source>
        <translation>重新训练…</translation>
    </message>
    <message>
        <source>Run {run} is on another computer ({runner}): resume it to find it again there.</source>
        <translation>运行 {run} 在另一台计算机上（{runner}）：继续运行即可在那里找回。</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>在处理器上</translation>
    </message>
    <message>
        <source>on {device}</source>
        <translation>在 {device} 上</translation>
    </message>
    <message>
        <source>Run {run} was stopped. It can be resumed where it was last saved.</source>
        <translation>运行 {run} 已停止。可从上次保存处继续。</translation>
    </message>
    <message>
        <source>Warning: {text}</source>
        <translation>警告：{text}</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{count} images/s</source>
        <translation>{count} 张/秒</translation>
    </message>
    <message>
        <source>{count} GB memory</source>
        <translation>内存 {count} GB</translation>
    </message>
    <message>
        <source>{count} GB of its memory</source>
        <translation>显存 {count} GB</translation>
    </message>
    <message>
        <source>No sign of life for {minutes} min. It may be at a long step: wait, or stop it.</source>
        <translation>已有 {minutes} 分钟没有动静。可能正在进行较长的步骤：请等待或停止。</translation>
    </message>
    <message>
        <source>{count} warnings, see the details</source>
        <translation>{count} 个警告，见详细信息</translation>
    </message>
</context>
<context>
    <name>TrainingPlots</name>
    <message>
        <source>Loss by round</source>
        <extracomment>Marks by bucket, so that the curves do not differ by colour alone; as the bucket symbols. The same in letters, for the names above the plot.</extracomment>
        <translation>各轮的损失</translation>
    </message>
    <message>
        <source>Images by round</source>
        <translation>各轮的图像</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Images in each bucket</source>
        <translation>各分组的图像</translation>
    </message>
    <message>
        <source>From the first separation on</source>
        <translation>从首次分离起</translation>
    </message>
    <message>
        <source>From the first round on</source>
        <translation>从第一轮起</translation>
    </message>
    <message>
        <source>network {name}</source>
        <translation>网络 {name}</translation>
    </message>
</context>
<context>
    <name>TrainingThread</name>
    <message>
        <source>The training process could not be started: {reason}.</source>
        <extracomment>How long a run that is told to stop may take before it is ended. Things that may wait. Above it events make the sender wait, and lines of text are dropped. A look at the clock that comes later than this is no sign of patience: the computer slept.</extracomment>
        <translation>无法启动训练进程：{reason}。</translation>
    </message>
    <message>
        <source>The training could not be followed any more: {reason}.</source>
        <translation>无法继续跟踪训练：{reason}。</translation>
    </message>
</context>
<context>
    <name>TrajectoryPlot</name>
    <message>
        <source>{0} in the last round, A and B: {1}</source>
        <translation>最后一轮的{0}，A 与 B：{1}</translation>
    </message>
</context>
<context>
    <name>TrustOffer</name>
    <message>
        <source>Trust this project</source>
        <translation>信任此项目</translation>
    </message>
    <message>
        <source>{0} is trusted from now on.</source>
        <translation>从现在起信任 {0}。</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Brightness</source>
        <extracomment>A key that is down for longer is held; seconds.</extracomment>
        <translation>亮度</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation>无红光</translation>
    </message>
    <message>
        <source>CLAHE</source>
        <translation>CLAHE</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Show the image as it is in the file</source>
        <translation>按文件中的原样显示图像</translation>
    </message>
    <message>
        <source>Hold: original (H)</source>
        <translation>按住：原图 (H)</translation>
    </message>
    <message>
        <source>The image as it is in the file, while this is held</source>
        <translation>按住时显示文件中的原图</translation>
    </message>
    <message>
        <source>Brightness and contrast as in the file</source>
        <translation>亮度和对比度与文件一致</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Finds the images whose label is wrong, or that are too poor to be labelled, and helps you correct them.</source>
        <translation>找出标签错误或质量太差无法标注的图像，并帮助您改正。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Choose table…</source>
        <translation>选择表格…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>最近的项目</translation>
    </message>
    <message>
        <source>Projects you open appear here.</source>
        <translation>您打开的项目会显示在这里。</translation>
    </message>
    <message>
        <source>Nothing leaves this computer, and the original images and tables are never changed.</source>
        <translation>任何数据都不会离开本机，原始图像和表格绝不会被更改。</translation>
    </message>
</context>
<context>
    <name>WhyCard</name>
    <message>
        <source>Why this image</source>
        <extracomment>Plots and neighbours would hold up the next image: they come where the reader stops; in ms.</extracomment>
        <translation>为何列出此图像</translation>
    </message>
    <message>
        <source>Given label</source>
        <translation>原标签</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么?</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>不确定性</translation>
    </message>
    <message>
        <source>Which bucket</source>
        <translation>属于哪个分组</translation>
    </message>
    <message>
        <source>Most alike</source>
        <translation>最相似的图像</translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation>未选择图像。</translation>
    </message>
    <message>
        <source>This file has changed since the project knew it. Former verdict and decisions are about other content and do not count; take the new content in to review it.</source>
        <translation>自项目上次所知以来，此文件已改变。之前的判定和决定针对的是其他内容，不再有效；要审阅它，请接纳新内容。</translation>
    </message>
    <message>
        <source>The file of this image is missing. Its decisions are kept; training and the cleaned table leave it out until it is back.</source>
        <translation>此图像的文件缺失。其决定会保留；在文件恢复之前，训练和清理后的表格都略去它。</translation>
    </message>
    <message>
        <source>Image quality: {0}, {1}</source>
        <translation>图像质量:{0},{1}</translation>
    </message>
    <message>
        <source>Corrected to</source>
        <translation>已更正为</translation>
    </message>
    <message>
        <source>Looks like</source>
        <translation>看起来像</translation>
    </message>
    <message>
        <source>What the networks see without the label (A above B)</source>
        <translation>网络不看标签时的判断（A 在上，B 在下）</translation>
    </message>
    <message>
        <source>Over the rounds (A solid, B dashed)</source>
        <translation>各轮变化（A 实线，B 虚线）</translation>
    </message>
    <message>
        <source>{0} of the networks&apos; rounds say so. Loss {1}, above that of {2} of all images; uncertainty {3}, above that of {4}.</source>
        <translation>网络有 {0} 的轮次得出此判定。损失 {1}，高于 {2} 的图像；不确定性 {3}，高于 {4} 的图像。</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>{0}, {1} UTC</source>
        <translation>{0}，{1} UTC</translation>
    </message>
    <message>
        <source>Image quality: fine, says the reader</source>
        <translation>图像质量:良好(阅片者判定)</translation>
    </message>
    <message>
        <source>Image quality: poor, says the reader</source>
        <translation>图像质量:差(阅片者判定)</translation>
    </message>
    <message>
        <source>Reason: {0}</source>
        <translation>原因:{0}</translation>
    </message>
    <message>
        <source>Note: {0}</source>
        <translation>备注：{0}</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>About QMix GUI</source>
        <translation>关于 QMix GUI</translation>
    </message>
    <message>
        <source>Finds wrong labels and poor images in medical image datasets. For research: not a medical device. Nothing leaves this computer.</source>
        <translation>找出医学图像数据集中的错误标签和质量差的图像。仅供研究：不是医疗器械。任何数据都不会离开本机。</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>The training is done: its results are shown.</source>
        <translation>训练已完成：现在显示其结果。</translation>
    </message>
    <message>
        <source>The training has not ended: these are its first results.</source>
        <translation>训练未完成：这是其初步结果。</translation>
    </message>
    <message>
        <source>Training failed. {reason}</source>
        <translation>训练失败。{reason}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>There are no results to show yet.</source>
        <translation>还没有可显示的结果。</translation>
    </message>
    <message>
        <source>These are first results: they change until the training ends.</source>
        <translation>这是初步结果：训练结束前会变化。</translation>
    </message>
    <message>
        <source>The results of run {run} are shown.</source>
        <translation>显示的是运行 {run} 的结果。</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>有何变化</translation>
    </message>
</context>
<context>
    <name>WorkspaceActions</name>
    <message>
        <source>Open the project that {name} is about first, then drop it there.</source>
        <translation>请先打开 {name} 所属的项目，然后将其拖到那里。</translation>
    </message>
</context>
<context>
    <name>_Picture</name>
    <message>
        <source>Reading…</source>
        <extracomment>Kinds in which one of the labels must be wrong.</extracomment>
        <translation>正在读取…</translation>
    </message>
</context>
<context>
    <name>_Ramp</name>
    <message>
        <source>Colours of the map, from little to much</source>
        <translation>注意力图的颜色，从弱到强</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>Open dataset folder…</source>
        <translation>打开数据集文件夹…</translation>
    </message>
    <message>
        <source>Open label table…</source>
        <translation>打开标签表格…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Open reading package…</source>
        <translation>打开阅片包…</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Check the image files…</source>
        <translation>检查图像文件…</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name…</source>
        <translation>审阅者姓名…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Close project</source>
        <translation>关闭项目</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Retrain…</source>
        <translation>重新训练…</translation>
    </message>
    <message>
        <source>Resume run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Pause training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Cancel training</source>
        <translation>取消训练</translation>
    </message>
    <message>
        <source>Details of the run</source>
        <translation>运行的详细信息</translation>
    </message>
    <message>
        <source>What changed since the last run</source>
        <translation>与上次运行相比的变化</translation>
    </message>
    <message>
        <source>Start review</source>
        <translation>开始审阅</translation>
    </message>
    <message>
        <source>Accept the suggestion</source>
        <translation>接受建议</translation>
    </message>
    <message>
        <source>Keep the given label</source>
        <translation>保留原标签</translation>
    </message>
    <message>
        <source>Exclude the image</source>
        <translation>排除该图像</translation>
    </message>
    <message>
        <source>Ask for a re-take</source>
        <translation>请求重拍</translation>
    </message>
    <message>
        <source>Keep, poor image</source>
        <translation>保留，图像质量差</translation>
    </message>
    <message>
        <source>Image quality is fine</source>
        <translation>图像质量良好</translation>
    </message>
    <message>
        <source>Mark as ambiguous</source>
        <translation>标记为不明确</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>写备注…</translation>
    </message>
    <message>
        <source>Find similar images…</source>
        <translation>查找相似图像…</translation>
    </message>
    <message>
        <source>History of the image…</source>
        <translation>图像的历史记录…</translation>
    </message>
    <message>
        <source>What counts as poor…</source>
        <translation>什么算差…</translation>
    </message>
    <message>
        <source>Classes…</source>
        <translation>类别…</translation>
    </message>
    <message>
        <source>Package for a second reader…</source>
        <translation>第二阅片者的阅片包…</translation>
    </message>
    <message>
        <source>Merge answers or decisions of others…</source>
        <translation>合并他人的判读结果或决定…</translation>
    </message>
    <message>
        <source>Agreement of the readers…</source>
        <translation>阅片者间一致性…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>下一张图像</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>上一张图像</translation>
    </message>
    <message>
        <source>Next unreviewed image</source>
        <translation>下一张未审阅的图像</translation>
    </message>
    <message>
        <source>Open the viewer</source>
        <translation>打开查看器</translation>
    </message>
    <message>
        <source>Back to the gallery</source>
        <translation>返回图库</translation>
    </message>
    <message>
        <source>Show or hide the filters</source>
        <translation>显示或隐藏筛选器</translation>
    </message>
    <message>
        <source>Why this verdict</source>
        <translation>为何如此判定</translation>
    </message>
    <message>
        <source>Training and separation (for experts)</source>
        <translation>训练与分离(专家)</translation>
    </message>
    <message>
        <source>Map of the images</source>
        <translation>图像分布图</translation>
    </message>
    <message>
        <source>Only the photograph</source>
        <translation>仅显示照片</translation>
    </message>
    <message>
        <source>List all images</source>
        <translation>列出所有图像</translation>
    </message>
    <message>
        <source>List: clean</source>
        <translation>列表:干净</translation>
    </message>
    <message>
        <source>List: mislabeled, high quality</source>
        <translation>列表:标签错误,高质量</translation>
    </message>
    <message>
        <source>List: mislabeled, low quality</source>
        <translation>列表:标签错误,低质量</translation>
    </message>
    <message>
        <source>Fit the image</source>
        <translation>图像适合窗口</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Red-free</source>
        <translation>无红光</translation>
    </message>
    <message>
        <source>Local contrast (CLAHE)</source>
        <translation>局部对比度 (CLAHE)</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>反相</translation>
    </message>
    <message>
        <source>Magnifier</source>
        <translation>放大镜</translation>
    </message>
    <message>
        <source>Reset brightness and contrast</source>
        <translation>重置亮度和对比度</translation>
    </message>
    <message>
        <source>Other eye</source>
        <translation>另一只眼</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Attention map</source>
        <translation>注意力图</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>深色主题</translation>
    </message>
    <message>
        <source>Follow the system&apos;s theme</source>
        <translation>跟随系统主题</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>指南</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>所有按键</translation>
    </message>
    <message>
        <source>This computer…</source>
        <translation>这台计算机…</translation>
    </message>
    <message>
        <source>Open the log folder</source>
        <translation>打开日志文件夹</translation>
    </message>
    <message>
        <source>About QMix GUI</source>
        <translation>关于 QMix GUI</translation>
    </message>
    <message>
        <source>Label as class {0}</source>
        <extracomment>A key for each digit, for whichever project is open; in no menu.</extracomment>
        <translation>标为第 {0} 类</translation>
    </message>
</context>
<context>
    <name>alike</name>
    <message>
        <source>Almost the same</source>
        <extracomment>Beyond, a list is no help: the most alike are kept. The slider goes over these cosines. Features are centred, so 0 is any two images of the set. A list starts with about so many images.</extracomment>
        <translation>几乎相同</translation>
    </message>
    <message>
        <source>Very much alike</source>
        <translation>非常相似</translation>
    </message>
    <message>
        <source>Alike</source>
        <translation>相似</translation>
    </message>
    <message>
        <source>Somewhat alike</source>
        <translation>有些相似</translation>
    </message>
    <message>
        <source>Loosely alike</source>
        <translation>略微相似</translation>
    </message>
</context>
<context>
    <name>bucket_style</name>
    <message>
        <source>Clean</source>
        <extracomment>Photographs are judged on the same dark ground in both themes.</extracomment>
        <translation>干净</translation>
    </message>
    <message>
        <source>Mislabeled - high quality</source>
        <translation>标签错误 - 高质量</translation>
    </message>
    <message>
        <source>Mislabeled - low quality</source>
        <translation>标签错误 - 低质量</translation>
    </message>
    <message>
        <source>No verdict yet</source>
        <translation>尚无判定</translation>
    </message>
    <message>
        <source>Blind check</source>
        <translation>盲检</translation>
    </message>
    <message>
        <source>Unreviewed</source>
        <translation>未审阅</translation>
    </message>
    <message>
        <source>Label kept</source>
        <translation>已保留标签</translation>
    </message>
    <message>
        <source>Relabeled</source>
        <translation>已改标签</translation>
    </message>
    <message>
        <source>Kept, poor image</source>
        <translation>已保留，质量差</translation>
    </message>
    <message>
        <source>Ambiguous</source>
        <translation>不明确</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Re-take</source>
        <translation>重拍</translation>
    </message>
    <message>
        <source>File altered</source>
        <extracomment>By the values of FileMark.</extracomment>
        <translation>文件已改变</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>文件缺失</translation>
    </message>
</context>
<context>
    <name>child_end</name>
    <message>
        <source>The training process crashed inside a library ({name}).</source>
        <translation>训练进程在某个库中崩溃（{name}）。</translation>
    </message>
    <message>
        <source>The training process was ended from outside ({name}).</source>
        <translation>训练进程被外部终止（{name}）。</translation>
    </message>
    <message>
        <source>The training process was ended by the system, probably because the computer ran out of memory.</source>
        <translation>训练进程被系统终止，可能是因为计算机内存不足。</translation>
    </message>
    <message>
        <source>The training was stopped before it was done.</source>
        <extracomment>Exit codes of Windows from here on are exceptions such as an access violation.</extracomment>
        <translation>训练在完成之前被停止。</translation>
    </message>
    <message>
        <source>The training process ended without a result (exit code {code}).</source>
        <translation>训练进程结束但没有结果（退出代码 {code}）。</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Preparing an empty environment</source>
        <translation>正在准备空环境</translation>
    </message>
    <message>
        <source>Fetching and installing the libraries</source>
        <translation>正在获取并安装库</translation>
    </message>
    <message>
        <source>torch&apos;s own index cannot be reached: fetching from the usual one instead</source>
        <translation>无法访问 torch 自己的索引：改从常用索引获取</translation>
    </message>
    <message>
        <source>Trying it: the engine computes once</source>
        <translation>正在试运行：引擎计算一次</translation>
    </message>
    <message>
        <source>There is none: QMix&apos;s own Python trains.</source>
        <translation>没有：由 QMix 自带的 Python 训练。</translation>
    </message>
    <message>
        <source>torch {torch} on {device}, {size} GB in {folder}.</source>
        <translation>{device} 上的 torch {torch}，{folder} 中 {size} GB。</translation>
    </message>
    <message>
        <source>It is of another version of QMix: update it.</source>
        <translation>它属于另一版本的 QMix：请更新。</translation>
    </message>
</context>
<context>
    <name>export</name>
    <message>
        <source>Cleaned labels</source>
        <extracomment>Kind, name, sentence; in two columns, row by row.</extracomment>
        <translation>清理后的标签</translation>
    </message>
    <message>
        <source>The kept images with corrected labels, in the form of the imported table.</source>
        <translation>保留的图像及更正后的标签，格式与输入的标签相同。</translation>
    </message>
    <message>
        <source>Cleaned folder</source>
        <translation>清理后的文件夹</translation>
    </message>
    <message>
        <source>The kept images themselves, in one folder for each class.</source>
        <translation>保留的图像本身，每个类别一个文件夹。</translation>
    </message>
    <message>
        <source>Excluded images</source>
        <translation>已排除的图像</translation>
    </message>
    <message>
        <source>The images to leave out or to take again, each with its reason.</source>
        <translation>要略去或重拍的图像，各附原因。</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>报告</translation>
    </message>
    <message>
        <source>What was found and changed, as one page to read, send or print.</source>
        <translation>发现和更改的内容，汇成一页，可供阅读、发送或打印。</translation>
    </message>
    <message>
        <source>All scores</source>
        <translation>所有分数</translation>
    </message>
    <message>
        <source>Every image with its bucket, probabilities and review state.</source>
        <translation>每张图像及其分组、概率和审阅状态。</translation>
    </message>
    <message>
        <source>Decision log</source>
        <translation>决定日志</translation>
    </message>
    <message>
        <source>Who decided what and when, each row sealed by a hash.</source>
        <translation>何人何时作出何种决定，每行均以哈希值封存。</translation>
    </message>
    <message>
        <source>For cleanlab</source>
        <translation>用于 cleanlab</translation>
    </message>
    <message>
        <source>Label issues and predictions of the last run, as cleanlab has them.</source>
        <translation>上次运行的标签问题和预测，采用 cleanlab 的格式。</translation>
    </message>
    <message>
        <source>For FiftyOne</source>
        <translation>用于 FiftyOne</translation>
    </message>
    <message>
        <source>A folder that FiftyOne opens; the images stay where they are.</source>
        <translation>可由 FiftyOne 打开的文件夹；图像保留在原处。</translation>
    </message>
    <message>
        <source>For Label Studio</source>
        <translation>用于 Label Studio</translation>
    </message>
    <message>
        <source>Labels and suggestions as tasks to import; the images stay where they are.</source>
        <translation>标签和建议，作为可导入的任务；图像保留在原处。</translation>
    </message>
    <message>
        <source>For Hugging Face</source>
        <translation>用于 Hugging Face</translation>
    </message>
    <message>
        <source>The kept images as an ImageFolder, with their labels in metadata.csv.</source>
        <translation>保留的图像，采用 ImageFolder 形式，标签在 metadata.csv 中。</translation>
    </message>
</context>
<context>
    <name>group_facets</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Read by one</source>
        <extracomment>The others are folded until they are asked for or chosen; these hide where they are empty.</extracomment>
        <translation>仅一人阅片</translation>
    </message>
    <message>
        <source>Readers agree</source>
        <translation>阅片者一致</translation>
    </message>
    <message>
        <source>Readers disagree</source>
        <translation>阅片者不一致</translation>
    </message>
    <message>
        <source>Adjudicated</source>
        <translation>已裁定</translation>
    </message>
    <message>
        <source>One eye, several labels</source>
        <translation>同一只眼，多个标签</translation>
    </message>
    <message>
        <source>Two eyes, 2 or more grades apart</source>
        <translation>双眼，相差 2 级或以上</translation>
    </message>
</context>
<context>
    <name>history</name>
    <message>
        <source>Label kept</source>
        <translation>保留标签</translation>
    </message>
    <message>
        <source>Relabeled</source>
        <translation>已改标签</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Re-take asked for</source>
        <translation>已要求重拍</translation>
    </message>
    <message>
        <source>Kept, poor image</source>
        <translation>保留，图像质量差</translation>
    </message>
    <message>
        <source>Image quality fine</source>
        <translation>图像质量良好</translation>
    </message>
    <message>
        <source>Marked as ambiguous</source>
        <translation>标记为不明确</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>blind check</source>
        <translation>盲检</translation>
    </message>
    <message>
        <source>settling a disagreement</source>
        <translation>解决分歧</translation>
    </message>
    <message>
        <source>check before training</source>
        <translation>训练前检查</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>second reader</source>
        <translation>第二阅片者</translation>
    </message>
</context>
<context>
    <name>menus</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>审阅(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Tools</source>
        <extracomment>Actions of the first pages only, since the tool bar belongs to the workspace; and decisions, whose buttons are beside the images with their keys.</extracomment>
        <translation>工具</translation>
    </message>
</context>
<context>
    <name>preferences</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Photographs are shown on the same dark ground in both.</source>
        <translation>两种主题中照片都显示在相同的深色背景上。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Sentences about files and projects are in English everywhere.</source>
        <translation>关于文件和项目的提示始终为英文。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Of all text and controls, on top of the scale of the system.</source>
        <translation>所有文字和控件的缩放，在系统缩放之上。</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>审阅</translation>
    </message>
    <message>
        <source>Reviewer&apos;s name</source>
        <translation>审阅者姓名</translation>
    </message>
    <message>
        <source>Is written beside every decision from now on.</source>
        <translation>从现在起写在每个决定旁边。</translation>
    </message>
    <message>
        <source>Referable from grade</source>
        <translation>转诊起始等级</translation>
    </message>
    <message>
        <source>Counted from 0 in the order of the classes: where the order by clinical impact starts from in a project that is opened next.</source>
        <translation>按类别顺序从 0 数起：下次打开的项目中，按临床影响排序由此开始。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>What the page before a training starts from.</source>
        <translation>训练前页面的初始选择。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>A network of timm by name; empty for the one that comes with QMix.</source>
        <translation>timm 中网络的名称；留空则使用 QMix 自带的网络。</translation>
    </message>
    <message>
        <source>Weights of this encoder</source>
        <translation>此编码器的权重</translation>
    </message>
    <message>
        <source>A file on this computer (.pth, .pt, .safetensors).</source>
        <translation>本机上的文件（.pth、.pt、.safetensors）。</translation>
    </message>
</context>
<context>
    <name>preflight</name>
    <message>
        <source>Same image, different labels</source>
        <extracomment>By the kind of a Problem.</extracomment>
        <translation>图像相同，标签不同</translation>
    </message>
    <message>
        <source>At least one of the labels is wrong. Choose the right one, or leave the images out.</source>
        <translation>至少有一个标签是错误的。请选择正确的标签，或略去这些图像。</translation>
    </message>
    <message>
        <source>They look like copies that were made poor. Leave out what cannot be read; the training judges by itself, too, and asks you about them.</source>
        <translation>它们与人为劣化的副本相似。请排除无法判读的图像；训练时也会自行判断，并请您确认。</translation>
    </message>
    <message>
        <source>These images are poor, says the table. Leave them out, or keep them: what it says can teach what poor means.</source>
        <translation>表格称这些图像质量差。可以将其排除，也可以保留：表格的说法可用于学习何为质量差。</translation>
    </message>
    <message>
        <source>Nearly the same picture, different labels</source>
        <translation>图像几乎相同，标签不同</translation>
    </message>
    <message>
        <source>Look whether it is one picture. If so, choose the right label, or leave the images out.</source>
        <translation>请查看是否为同一图像。如果是，请选择正确的标签，或略去这些图像。</translation>
    </message>
    <message>
        <source>Does not look like the others</source>
        <translation>与其他图像不像</translation>
    </message>
    <message>
        <source>Perhaps no photograph of the kind, perhaps overexposed or dark. Leave out what does not belong here; poor photographs may stay.</source>
        <translation>可能不是此类照片，也可能曝光过度或过暗。请略去不属于这里的图像；质量差的照片可以保留。</translation>
    </message>
    <message>
        <source>Nearly black, white or flat</source>
        <translation>几乎全黑、全白或无对比</translation>
    </message>
    <message>
        <source>If your viewer shows more of them, the files hold values that QMix takes for others: save them in 8 bits, or with a window.</source>
        <translation>如果您的看图软件能显示出更多内容，则 QMix 误解了文件中的值：请以 8 位保存，或保存时带上窗宽窗位。</translation>
    </message>
    <message>
        <source>Classes that the files give away</source>
        <translation>由文件本身即可看出的类别</translation>
    </message>
    <message>
        <source>Which values are black and white</source>
        <translation>哪些值为黑和白</translation>
    </message>
    <message>
        <source>Perhaps text in the picture</source>
        <translation>图像中可能有文字</translation>
    </message>
    <message>
        <source>A name or date in the picture can identify a person, and a network can learn from it. QMix does not remove it.</source>
        <translation>图像中的姓名或日期可能识别出个人，网络也可能从中学习。QMix 不会将其去除。</translation>
    </message>
    <message>
        <source>Unreadable images, left out</source>
        <translation>无法读取的图像，已略去</translation>
    </message>
    <message>
        <source>These files cannot be opened. They are left out anyway.</source>
        <translation>这些文件无法打开。它们总会被略去。</translation>
    </message>
    <message>
        <source>Named in the table, but not found</source>
        <translation>表格中列出但未找到</translation>
    </message>
    <message>
        <source>Without a label in the table</source>
        <translation>表格中没有标签</translation>
    </message>
    <message>
        <source>They are not trained on. Give them a label in the review.</source>
        <translation>它们不参与训练。请在审阅时为它们指定标签。</translation>
    </message>
    <message>
        <source>Images without any label, left out</source>
        <translation>完全没有标签的图像，已略去</translation>
    </message>
    <message>
        <source>No row of the table and no class folder names these images.</source>
        <translation>表格中没有任何行、也没有类别文件夹提到这些图像。</translation>
    </message>
    <message>
        <source>Classes that are spelt alike</source>
        <translation>写法相近的类别</translation>
    </message>
    <message>
        <source>Case, blanks or the form of a letter differ. If they are one class, merge them.</source>
        <translation>大小写、空格或字母形式不同。若为同一类别，请合并。</translation>
    </message>
    <message>
        <source>Several labels in one cell</source>
        <translation>一个单元格中有多个标签</translation>
    </message>
    <message>
        <source>Each combination counts as a class of its own. Choose one disease under Labels, Change…, to label each image yes or no.</source>
        <translation>每种组合算作一个单独的类别。请在“标签”的“更改…”中选择一种疾病，为每张图像标注是或否。</translation>
    </message>
    <message>
        <source>Numbers written in two ways</source>
        <translation>数字有两种写法</translation>
    </message>
    <message>
        <source>Matched by similar names</source>
        <translation>按相似名称匹配</translation>
    </message>
    <message>
        <source>The table names these files in another way. Look whether they are meant.</source>
        <translation>表格对这些文件的写法不同。请查看是否指的是它们。</translation>
    </message>
    <message>
        <source>The column that names the images</source>
        <translation>列出图像的列</translation>
    </message>
    <message>
        <source>Folders that are no part of the dataset</source>
        <translation>不属于数据集的文件夹</translation>
    </message>
    <message>
        <source>By their names they hold masks, thumbnails or deleted files, no photographs with labels.</source>
        <translation>从名称看，它们存放的是掩膜、缩略图或已删除的文件，而不是带标签的照片。</translation>
    </message>
    <message>
        <source>The folder that is read</source>
        <translation>所读取的文件夹</translation>
    </message>
    <message>
        <source>Folders inside of class folders</source>
        <translation>类别文件夹中的文件夹</translation>
    </message>
    <message>
        <source>Tables that are not read</source>
        <translation>未读取的表格</translation>
    </message>
    <message>
        <source>Files that cannot be read here</source>
        <translation>此处无法读取的文件</translation>
    </message>
    <message>
        <source>Other files</source>
        <translation>其他文件</translation>
    </message>
    <message>
        <source>Classes left out</source>
        <translation>略去的类别</translation>
    </message>
    <message>
        <source>Perhaps ungradable</source>
        <translation>可能无法判读</translation>
    </message>
    <message>
        <source>Judged too poor to read</source>
        <translation>被判定为质量太差、无法判读</translation>
    </message>
    <message>
        <source>Image quality as judged here</source>
        <translation>此处判定的图像质量</translation>
    </message>
    <message>
        <source>Image quality by the table</source>
        <translation>表格中给出的图像质量</translation>
    </message>
    <message>
        <source>One patient in several splits</source>
        <translation>同一患者出现在多个数据划分中</translation>
    </message>
    <message>
        <source>A network that has learned from one eye is tested on the other: results look better than they are. Split by patient.</source>
        <translation>网络用一只眼学习，却用另一只眼测试：结果会显得比实际更好。请按患者划分。</translation>
    </message>
    <message>
        <source>Splits of the table</source>
        <translation>表格的数据划分</translation>
    </message>
    <message>
        <source>Patients with different labels</source>
        <translation>标签不同的患者</translation>
    </message>
    <message>
        <source>Both eyes may well differ. Look whether the labels were swapped or only one eye was graded.</source>
        <translation>双眼本来就可能不同。请查看标签是否互换，或是否只有一只眼做了分级。</translation>
    </message>
    <message>
        <source>One disease of several</source>
        <translation>多种疾病之一</translation>
    </message>
    <message>
        <source>Labels of a patient, not of an eye</source>
        <translation>标签属于患者而非单眼</translation>
    </message>
    <message>
        <source>Patients</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Named more than once</source>
        <translation>多次列出</translation>
    </message>
    <message>
        <source>Identical files</source>
        <translation>相同的文件</translation>
    </message>
    <message>
        <source>The same file under several names counts more than others, and in two splits it spoils a test. The first is kept.</source>
        <translation>同一文件以多个名称出现，所占分量会大于其他文件；若出现在两个数据划分中，则会破坏测试。保留第一个。</translation>
    </message>
    <message>
        <source>Nearly the same picture</source>
        <translation>几乎相同的图像</translation>
    </message>
    <message>
        <source>Copies saved again, scaled or brightened, or two photographs a moment apart. The largest is kept.</source>
        <translation>重新保存、缩放或调亮的副本，或先后相隔片刻的两张照片。保留最大的一张。</translation>
    </message>
    <message>
        <source>Unusual size or shape</source>
        <translation>尺寸或形状异常</translation>
    </message>
    <message>
        <source>Few other images have this size: perhaps a crop, a screenshot or another camera.</source>
        <translation>很少有其他图像是这个尺寸：可能是裁剪图、截屏或来自另一台相机。</translation>
    </message>
    <message>
        <source>Very small images</source>
        <translation>非常小的图像</translation>
    </message>
    <message>
        <source>So few pixels show nothing that could be graded.</source>
        <translation>像素太少，看不出任何可供分级的内容。</translation>
    </message>
    <message>
        <source>Animations and several pages</source>
        <translation>动画和多页文件</translation>
    </message>
    <message>
        <source>Only the first frame or page is used.</source>
        <translation>只使用第一帧或第一页。</translation>
    </message>
    <message>
        <source>Classes with few images</source>
        <translation>图像很少的类别</translation>
    </message>
    <message>
        <source>Folders without images</source>
        <translation>没有图像的文件夹</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>以及另外 {count} 张</translation>
    </message>
</context>
<context>
    <name>quality</name>
    <message>
        <source>Blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>偏暗</translation>
    </message>
    <message>
        <source>Glare</source>
        <translation>反光</translation>
    </message>
    <message>
        <source>Field of view</source>
        <translation>视野</translation>
    </message>
    <message>
        <source>Hazy</source>
        <translation>雾状模糊</translation>
    </message>
    <message>
        <source>Not this kind of image</source>
        <translation>非此类图像</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>Usable</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Poor</source>
        <translation>差</translation>
    </message>
    <message>
        <source>out of focus</source>
        <translation>失焦</translation>
    </message>
    <message>
        <source>uneven light</source>
        <translation>光照不均</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>过暗</translation>
    </message>
    <message>
        <source>light leak</source>
        <translation>漏光</translation>
    </message>
    <message>
        <source>haze</source>
        <translation>雾状模糊</translation>
    </message>
    <message>
        <source>faded</source>
        <translation>褪色</translation>
    </message>
    <message>
        <source>spots</source>
        <translation>斑点</translation>
    </message>
    <message>
        <source>too bright</source>
        <translation>过亮</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>移动模糊</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>too few pixels</source>
        <translation>像素太少</translation>
    </message>
</context>
<context>
    <name>run_options</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>How the networks are trained.</source>
        <translation>网络的训练方式。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Standard where this computer has a GPU, quick where it has none.</source>
        <translation>本机有 GPU 时用“标准”，没有时用“快速”。</translation>
    </message>
    <message>
        <source>The encoder stays as it is; minutes, even without a GPU.</source>
        <translation>编码器保持不变；即使没有 GPU 也只需几分钟。</translation>
    </message>
    <message>
        <source>Trains the encoder too. A GPU is recommended: it takes hours without one.</source>
        <translation>同时训练编码器。建议使用 GPU：没有 GPU 则需数小时。</translation>
    </message>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Network that sees the images: a name of timm (“vit_small_patch16_224”), or of torchvision (“torchvision:resnet50”). Empty: the one that comes with QMix.</source>
        <translation>查看图像的网络：timm 中的名称（“vit_small_patch16_224”）或 torchvision 中的名称（“torchvision:resnet50”）。留空：使用 QMix 自带的网络。</translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation>权重文件</translation>
    </message>
    <message>
        <source>The encoder&apos;s weights (.pth, .pt, .safetensors). The word “download” fetches the published ones once, from Hugging Face or PyTorch; no image and no label is sent.</source>
        <translation>编码器的权重（.pth、.pt、.safetensors）。输入“download”则从 Hugging Face 或 PyTorch 下载一次已发布的权重；不会发送任何图像或标签。</translation>
    </message>
    <message>
        <source>Vectors of the images</source>
        <translation>图像的向量</translation>
    </message>
    <message>
        <source>Made elsewhere (.npz, .csv, .parquet), in place of the encoder: an image and its vector in each row.</source>
        <translation>在别处生成（.npz、.csv、.parquet），代替编码器：每行一张图像及其向量。</translation>
    </message>
    <message>
        <source>Passes in each round</source>
        <translation>每轮遍数</translation>
    </message>
    <message>
        <source>How often the networks see each image in a round.</source>
        <translation>网络在每一轮中看每张图像的次数。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>How many images are trained on at a time.</source>
        <translation>每次同时训练的图像数。</translation>
    </message>
    <message>
        <source>Image size</source>
        <translation>图像尺寸</translation>
    </message>
    <message>
        <source>Side in pixels of the square that the encoder sees.</source>
        <translation>编码器所见正方形的边长（像素）。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same result.</source>
        <translation>相同的种子得出相同的结果。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>What computes: auto, cpu, cuda, a certain GPU such as cuda:1, or mps.</source>
        <translation>用什么计算：auto、cpu、cuda、指定的 GPU（如 cuda:1）或 mps。</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行位置</translation>
    </message>
    <message>
        <source>Where the training runs: local is this computer; python:/path/to/python another environment of it; ssh:HOST another computer; srun:PARTITION a cluster. The originals stay here.</source>
        <translation>训练在何处运行：local 为本机；python:/path/to/python 为本机的另一个环境；ssh:HOST 为另一台计算机；srun:PARTITION 为集群。原始文件始终留在本机。</translation>
    </message>
    <message>
        <source>Folder there</source>
        <translation>对方的文件夹</translation>
    </message>
    <message>
        <source>Where another computer keeps what it needs for the run. Empty: in its cache folder.</source>
        <translation>另一台计算机存放运行所需文件的位置。留空：其缓存文件夹。</translation>
    </message>
    <message>
        <source>Keep the files there</source>
        <translation>在对方保留文件</translation>
    </message>
    <message>
        <source>What was sent stays on the other computer after the run, so that the next run does not send it again.</source>
        <translation>运行后已发送的文件保留在另一台计算机上，下次运行无需重新发送。</translation>
    </message>
    <message>
        <source>Mirror images</source>
        <translation>镜像图像</translation>
    </message>
    <message>
        <source>Where left and right have a meaning, views must not mirror an image.</source>
        <translation>若左右有意义，训练所用的视图不得镜像图像。</translation>
    </message>
    <message>
        <source>Standard</source>
        <translation>标准</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>{name} is not a QMix project: its database is gone.</source>
        <translation>{name} 不是 QMix 项目：其数据库已丢失。</translation>
    </message>
    <message>
        <source>Several things at once: drop one folder, table or project.</source>
        <translation>一次拖放了多项：请只拖放一个文件夹、表格或项目。</translation>
    </message>
    <message>
        <source>{name} does not exist any more.</source>
        <translation>{name} 已不存在。</translation>
    </message>
    <message>
        <source>{name} is a single image: give the folder that holds the class folders.</source>
        <translation>{name} 是单张图像：请给出包含类别文件夹的文件夹。</translation>
    </message>
    <message>
        <source>{name} is no spreadsheet that is read: save it as XLSX or CSV.</source>
        <translation>{name} 不是可读取的表格：请另存为 XLSX 或 CSV。</translation>
    </message>
    <message>
        <source>{name} is an archive: unpack it and give the folder.</source>
        <translation>{name} 是压缩包：请解压后给出文件夹。</translation>
    </message>
    <message>
        <source>{name} is neither a folder, a CSV, TSV or XLSX table, nor a QMix project.</source>
        <translation>{name} 既不是文件夹，也不是 CSV、TSV 或 XLSX 表格或 QMix 项目。</translation>
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
        <translation>QMix {qmix}，Python {python}，{system}</translation>
    </message>
    <message>
        <source>Use Python 3.11 to 3.13: others were not tried.</source>
        <translation>请使用 Python 3.11 至 3.13：其他版本未经测试。</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>计算引擎</translation>
    </message>
    <message>
        <source>It does not start here: {error}</source>
        <translation>无法在此启动：{error}</translation>
    </message>
    <message>
        <source>Install torch again, or let QMix make an engine environment.</source>
        <translation>请重新安装 torch，或让 QMix 创建引擎环境。</translation>
    </message>
    <message>
        <source>torch {torch}, torchvision {torchvision}; the encoder that comes with QMix sees {speed} images a second on {device}</source>
        <translation>torch {torch}，torchvision {torchvision}；QMix 自带的编码器在 {device} 上每秒处理 {speed} 张图像</translation>
    </message>
    <message>
        <source>GPU in use</source>
        <translation>GPU 使用情况</translation>
    </message>
    <message>
        <source>This computer has a GPU that this torch does not use.</source>
        <translation>这台计算机有 GPU，但当前的 torch 没有使用它。</translation>
    </message>
    <message>
        <source>Let QMix make an engine environment: qmix engine make.</source>
        <translation>请让 QMix 创建引擎环境：qmix engine make。</translation>
    </message>
    <message>
        <source>GPU and driver</source>
        <translation>GPU 和驱动程序</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>An NVIDIA card without a driver</source>
        <translation>有 NVIDIA 显卡，但没有驱动程序</translation>
    </message>
    <message>
        <source>Install NVIDIA&apos;s driver for this system, then start again.</source>
        <translation>请为此系统安装 NVIDIA 驱动程序，然后重新启动。</translation>
    </message>
    <message>
        <source>None was found: trainings run on the processor, with the preset quick</source>
        <translation>未找到：训练在处理器上运行，使用预设 quick</translation>
    </message>
    <message>
        <source>Engine environment</source>
        <translation>引擎环境</translation>
    </message>
    <message>
        <source>None yet: trainings on this computer need one</source>
        <translation>尚无：在此计算机上训练需要引擎环境</translation>
    </message>
    <message>
        <source>None: this Python trains itself</source>
        <translation>无：由当前 Python 直接训练</translation>
    </message>
    <message>
        <source>torch {torch} on {device}, {size} MB in {folder}</source>
        <translation>torch {torch}，运行于 {device}，{size} MB，位于 {folder}</translation>
    </message>
    <message>
        <source>Renew it: it is of another version.</source>
        <translation>请更新：它属于另一个版本。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>{total} GB, {free} GB of it free; {cores} cores</source>
        <translation>{total} GB，其中 {free} GB 可用；{cores} 个核心</translation>
    </message>
    <message>
        <source>Choose a small batch size, and close other programs.</source>
        <translation>请选择较小的批大小，并关闭其他程序。</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Cache folder</source>
        <translation>缓存文件夹</translation>
    </message>
    <message>
        <source>This folder</source>
        <translation>当前文件夹</translation>
    </message>
    <message>
        <source>Temporary files</source>
        <translation>临时文件</translation>
    </message>
    <message>
        <source>{folder} cannot be written ({reason})</source>
        <translation>无法写入 {folder}（{reason}）</translation>
    </message>
    <message>
        <source>Give yourself the right to write there, or free some space.</source>
        <translation>请为自己授予该处的写入权限，或释放一些空间。</translation>
    </message>
    <message>
        <source>{folder}: {free} GB free</source>
        <translation>{folder}：{free} GB 可用</translation>
    </message>
    <message>
        <source>Free some space: a run needs some gigabytes.</source>
        <translation>请释放一些空间：一次运行需要数 GB。</translation>
    </message>
    <message>
        <source>Display</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>None: the window cannot open here</source>
        <translation>无：窗口无法在此打开</translation>
    </message>
    <message>
        <source>Use the command line, or log in with a desktop (over ssh: ssh -X).</source>
        <translation>请使用命令行，或以桌面方式登录（通过 ssh：ssh -X）。</translation>
    </message>
    <message>
        <source>Libraries of the window</source>
        <translation>窗口所需的库</translation>
    </message>
    <message>
        <source>PySide6 is not installed: there is the command line alone</source>
        <translation>未安装 PySide6：只能使用命令行</translation>
    </message>
    <message>
        <source>Run pip install PySide6-Essentials to have the window.</source>
        <translation>运行 pip install PySide6-Essentials 即可使用窗口。</translation>
    </message>
    <message>
        <source>all are there</source>
        <translation>全部齐全</translation>
    </message>
    <message>
        <source>missing: {libraries}</source>
        <translation>缺少：{libraries}</translation>
    </message>
    <message>
        <source>On Debian or Ubuntu: apt-get install {packages}</source>
        <translation>在 Debian 或 Ubuntu 上：apt-get install {packages}</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>其他计算机</translation>
    </message>
    <message>
        <source>can be reached with {programs}</source>
        <translation>可通过 {programs} 访问</translation>
    </message>
    <message>
        <source>cannot be reached: there is no ssh</source>
        <translation>无法访问：没有 ssh</translation>
    </message>
    <message>
        <source>Install the OpenSSH client to train on another computer.</source>
        <translation>如需在另一台计算机上训练，请安装 OpenSSH 客户端。</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>less than a minute left</source>
        <extracomment>What a frame and a panel of the system may take of a screen.</extracomment>
        <translation>剩余不到一分钟</translation>
    </message>
    <message>
        <source>{count} min left</source>
        <translation>剩余 {count} 分钟</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min left</source>
        <translation>剩余 {hours} 小时 {minutes} 分钟</translation>
    </message>
    <message>
        <source>Checking the images</source>
        <translation>正在检查图像</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>正在读取图像</translation>
    </message>
    <message>
        <source>Sending to the other computer</source>
        <translation>正在发送到另一台计算机</translation>
    </message>
    <message>
        <source>Bringing the results home</source>
        <translation>正在取回结果</translation>
    </message>
    <message>
        <source>Looking at the images</source>
        <translation>正在查看图像</translation>
    </message>
    <message>
        <source>Estimating how many labels are wrong</source>
        <translation>正在估计错误标签的数量</translation>
    </message>
    <message>
        <source>Learning the labels</source>
        <translation>正在学习标签</translation>
    </message>
    <message>
        <source>Looking for wrong labels</source>
        <translation>正在查找错误标签</translation>
    </message>
    <message>
        <source>No line to the other computer: the training goes on there, and QMix tries again</source>
        <translation>与另一台计算机的连接已断开：训练在那里继续，QMix 正在重试</translation>
    </message>
    <message>
        <source>The line to the other computer is back</source>
        <translation>与另一台计算机的连接已恢复</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>{stage}, round {round} of {rounds}</source>
        <translation>{stage}，第 {round} 轮，共 {rounds} 轮</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Training is done</source>
        <translation>训练完成</translation>
    </message>
    <message>
        <source>Training was cancelled</source>
        <translation>训练已取消</translation>
    </message>
    <message>
        <source>Training failed</source>
        <translation>训练失败</translation>
    </message>
</context>
<context>
    <name>ways</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Continue with the built-in network</source>
        <translation>改用内置网络继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Use the processor</source>
        <translation>使用处理器</translation>
    </message>
    <message>
        <source>Fewer images at a time</source>
        <translation>减少每批图像数</translation>
    </message>
    <message>
        <source>Continue with the quick training</source>
        <translation>改用快速训练继续</translation>
    </message>
    <message>
        <source>Run on this computer</source>
        <translation>在这台计算机上运行</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>The weights of {encoder} could not be downloaded. Choose a file of them on this computer, continue with the network that comes with QMix, or try again when there is a connection.</source>
        <translation>无法下载 {encoder} 的权重。请选择本机上的文件，改用 QMix 自带的网络，或在有网络连接时重试。</translation>
    </message>
    <message>
        <source>{file} cannot be read as weights of {encoder}. Choose another file, or continue with the network that comes with QMix.</source>
        <translation>无法将 {file} 作为 {encoder} 的权重读取。请选择其他文件，或改用 QMix 自带的网络。</translation>
    </message>
    <message>
        <source>This computer has no GPU that can be used. The training can run on the processor.</source>
        <translation>本机没有可用的 GPU。训练可以在处理器上运行。</translation>
    </message>
    <message>
        <source>The computer&apos;s memory ran out. Close other programs and try again, or choose a training that needs less.</source>
        <translation>计算机内存不足。请关闭其他程序后重试，或选择需要更少内存的训练。</translation>
    </message>
    <message>
        <source>The memory of the GPU ran out. Close other programs that use it, or choose a training that needs less.</source>
        <translation>GPU 显存不足。请关闭占用它的其他程序，或选择需要更少显存的训练。</translation>
    </message>
</context>
</TS>
