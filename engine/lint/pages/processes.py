"""Pages of what can be wrong with a process, and of its steps as they are written."""

from __future__ import annotations

from engine.lint.pages.made import page

_STEPS = "The table of steps has six columns: from, event, by, if, to, do. Each has its own words."
_STANDS = "Somebody waits in every place. A place in which nothing can happen is a citizen whom nobody helps."
_CLOCK = "A promise without a clock is not one; a clock without a consequence is a light that nobody sees."

PAGES = (
    page(
        "E-STEPS-HEADS",
        "columns that are not from, event, by, if, to, do",
        "kolommen die niet from, event, by, if, to, do zijn",
        _STEPS,
    ),
    page(
        "E-STEPS-FROM", "a step without the place it starts from", "een stap zonder de plaats waar hij begint", _STEPS
    ),
    page("E-STEPS-EVENT", "a step without an event", "een stap zonder gebeurtenis", _STEPS),
    page(
        "E-STEPS-BY",
        "a step that does not say whose it is",
        "een stap die niet zegt van wie hij is",
        f"{_STEPS} `by` is citizen, worker, `worker not EVENT`, payment, engine or clock.",
    ),
    page(
        "E-STEPS-IF",
        "a step without a condition; `-` means always",
        "een stap zonder voorwaarde; `-` betekent altijd",
        _STEPS,
    ),
    page(
        "E-STEPS-TO",
        "a step that leads nowhere",
        "een stap die nergens heen leidt",
        f"{_STEPS} `stay` keeps the place.",
    ),
    page(
        "E-STEPS-DO",
        "an action that does not exist",
        "een handeling die niet bestaat",
        "What a step does comes from a closed list: tell, publish, task, pay, collect, fetch, extend, hand_over, "
        "each with a name.",
    ),
    page(
        "E-PROCESS-ALWAYS",
        "a step for what is always possible",
        "een stap voor wat altijd kan",
        "Asking for a person, another channel, a dispute and a signal are possible everywhere and cannot be taken "
        "away.",
    ),
    page(
        "E-PROCESS-BY",
        "a `not` with an event that does not exist",
        "een `not` met een gebeurtenis die niet bestaat",
        "Four eyes are two people: `worker not propose` needs an event `propose` to compare with.",
    ),
    page("E-PROCESS-EMPTY", "a process of its own without places", "een eigen proces zonder plaatsen", _STANDS),
    page(
        "E-PROCESS-ENTRY",
        "a place under a clock that does not run there",
        "een plaats onder een klok die daar niet loopt",
        _CLOCK,
    ),
    page(
        "E-PROCESS-EVENT",
        "an event of somebody else",
        "een gebeurtenis van iemand anders",
        "The engine and the clock have events of their own; what they do cannot be done by a citizen or worker, "
        "or the other way round.",
    ),
    page(
        "E-PROCESS-FETCH",
        "something to fetch that is no fact",
        "iets om op te halen dat geen gegeven is",
        "`fetch` asks a register for a fact of the flow.",
    ),
    page(
        "E-PROCESS-FROM",
        "a step from a place that does not exist",
        "een stap vanuit een plaats die niet bestaat",
        _STEPS,
    ),
    page(
        "E-PROCESS-LAPSE",
        "a legal term that can lapse unseen",
        "een wettelijke termijn die ongezien kan verlopen",
        "When a term lapses the citizen gets rights (Awb 4:17), so something must happen: a row for `late:TERM`.",
        source="Awb articles 4:13 to 4:17",
    ),
    page(
        "E-PROCESS-LATE",
        "a clock without a consequence, or the other way round",
        "een klok zonder gevolg, of andersom",
        _CLOCK,
    ),
    page("E-PROCESS-LATE-STAYS", "a `late` after which nothing happens", "een `late` waarna niets gebeurt", _CLOCK),
    page(
        "E-PROCESS-LOOP",
        "a circle without a person",
        "een kring zonder mens",
        "Engine and clock alone would go round for ever; a person or an end breaks the circle.",
    ),
    page(
        "E-PROCESS-NAME",
        "a place with a name that is taken",
        "een plaats met een naam die al iets betekent",
        "`ongoing`, `any` and `stay` mean something in the steps, and a place is no end.",
    ),
    page(
        "E-PROCESS-NO-CLOCK", "a place in which one can wait for ever", "een plaats waar je eeuwig kunt wachten", _CLOCK
    ),
    page(
        "E-PROCESS-NO-ELSE",
        "rows of one event that may all fail",
        "rijen van één gebeurtenis die allemaal niet kunnen gelden",
        "Somebody presses the button and nothing happens. A last row with `else` says what happens then.",
    ),
    page(
        "E-PROCESS-NO-END",
        "a place from which no end can be reached",
        "een plaats waarvandaan geen einde te bereiken is",
        _STANDS,
    ),
    page(
        "E-PROCESS-NO-MOVE",
        "a place in which the one who has the move has no step",
        "een plaats waar wie aan zet is geen stap heeft",
        _STANDS,
    ),
    page(
        "E-PROCESS-WHO",
        "a place whose mover cannot do what is done there",
        "een plaats waar wie aan zet is dat niet kan doen",
        "A citizen does not judge, and a worker does not answer the citizen's questions or read the citizen's letter. "
        "Where the two differ, the page tells the citizen to wait while everybody waits for the citizen.",
        nl_why="Een inwoner beoordeelt niet, en een ambtenaar beantwoordt niet de vragen van de inwoner. Waar die twee "
        "verschillen, wacht de inwoner terwijl iedereen op de inwoner wacht.",
        avoid='process: {places: {asking: {who: worker, does: questions, within: P30D, title: "Uw vragen"}}}\n',
        prefer='process: {places: {asking: {who: citizen, does: questions, within: P30D, title: "Uw vragen"}}}\n',
    ),
    page(
        "E-PROCESS-OVERTAKEN",
        "a row that a row above it always overtakes",
        "een rij die altijd wordt ingehaald",
        "Rows of one event are tried from above; behind a row that always holds nothing is reached.",
    ),
    page(
        "E-PROCESS-REACH",
        "no person within reach over two channels, one of them not digital",
        "geen mens bereikbaar langs twee kanalen, waarvan één niet digitaal",
        "From every place somebody can be reached in one step, within a time that is promised and at hours that "
        "are said.",
        nl_why="Vanaf elke plaats is met één stap iemand bereikbaar, binnen een beloofde tijd en op uren die er staan.",
        avoid="contact: {ask_person: {over: [phone]}}\n",
        prefer="contact: {ask_person: {over: [phone, desk]}}\n",
        source="Awb article 2:1 and the duty of care in the modernised Awb chapter 2",
    ),
    page(
        "E-PROCESS-REMEDY",
        "an adverse determination after which the citizen can do nothing",
        "een nadelig besluit waar de inwoner niets tegen kan doen",
        "Where a determination is published that somebody may object to, the way to do so is a step of the process.",
        source="Awb articles 3:45, 6:4 and 8:1",
        nl_why="Waar een besluit bekend wordt gemaakt, is bezwaar maken een stap van het proces.",
    ),
    page(
        "E-PROCESS-REMOVE",
        "a row that removes what is not there",
        "een rij die iets weghaalt dat er niet is",
        "`to: remove` takes a step out of the standard; when there is none, something else was meant.",
    ),
    page(
        "E-PROCESS-SKILL",
        "a place for a worker, without the skill",
        "een plaats voor een medewerker, zonder vaardigheid",
        "Work goes to whoever can do it. Without a skill it is in everybody's list, or in nobody's.",
    ),
    page(
        "E-PROCESS-SUSPENDS",
        "a place that makes a term stand still for ever",
        "een plaats die een termijn voor altijd stilzet",
        "A suspended term protects nobody; the place that suspends it has a deadline itself.",
        source="Awb article 4:15",
    ),
    page(
        "E-PROCESS-TASK",
        "a task that does not exist",
        "een taak die niet bestaat",
        "A task has a text, a skill and a clock under `tasks`.",
    ),
    page(
        "E-PROCESS-TELL",
        "something to tell without words",
        "iets om te vertellen zonder woorden",
        "What a step tells stands under `texts`, in every language.",
    ),
    page(
        "E-PROCESS-TERM",
        "a term with an event or place that does not exist",
        "een termijn met een gebeurtenis of plaats die niet bestaat",
        "A legal term starts and ends with what really happens in the process.",
    ),
    page("E-PROCESS-TO", "a step to a place that does not exist", "een stap naar een plaats die niet bestaat", _STEPS),
    page(
        "E-PROCESS-UNREACHABLE",
        "a place to which no step leads",
        "een plaats waar geen stap heen leidt",
        "Nobody can ever come here: a step is missing, or the place is left over.",
    ),
    page(
        "E-PROCESS-WAITS",
        "waits that add up to more than the legal term",
        "wachttijden die samen langer zijn dan de wettelijke termijn",
        "Every place keeps its own clock and the law is still broken. Shorten one, or let it suspend the term.",
        source="Awb article 4:13",
    ),
)
