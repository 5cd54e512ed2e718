"""What `wegwijzer play`, `stand` and `docs` say, in English."""

from __future__ import annotations

TABLE: dict[str, str] = {
    "dev.play.begin": ("You walk through this process as a citizen. Type ? for why, help for the rest."),
    "dev.play.help": (
        "Answer with a number or in words. You can also type:\n"
        "  ?                      why this question\n"
        "  why not FACT           why that is not asked\n"
        "  questions              which questions are open now; go FACT picks one\n"
        "  skip                   pass over this question\n"
        "  undo                   one step back\n"
        "  answers                what is known\n"
        "  via phone              go on over another channel\n"
        "  ask desk               ask for a person\n"
        "  wait 15d               let time pass\n"
        "  do submit              a step of the citizen\n"
        "  judge FACT = VALUE     supply a fact as the civil servant\n"
        "  work STEP [OUTCOME]    take a step as the civil servant\n"
        "  save NAME              save as a scenario\n"
        "  quit                   stop"
    ),
    "dev.play.at": "Clock: {moment}. Channel: {channel}.",
    "dev.play.clock": "The clock is that of this walk and stands still; wait 2w lets two weeks go by.",
    "dev.play.unit": "{label} (in {unit})",
    "dev.play.euro": "euros",
    "dev.play.given_up": "{decision} was not worked out: {why} A person looks at it.",
    "dev.play.open": "Still possible: {outcomes}",
    "dev.play.reason": "Why: {why}",
    "dev.play.row": "  {decision}, rule {number}: {concludes}",
    "dev.play.settled": "Can no longer matter: {facts}",
    "dev.play.nothing": "No question is open now.",
    "dev.play.nothing_asked": (
        "No question is open: undo goes back, save NAME keeps this walk, quit stops; help lists the rest."
    ),
    "dev.play.choose": "Choose one of these: {options}",
    "dev.play.unsure": "Do you not know? Type: not sure",
    "dev.play.count": "How many? Type a number.",
    "dev.play.several": "More than one? Type them with commas between.",
    "dev.play.undone": "Taken back: {move}",
    "dev.play.nothing_to_undo": "There is nothing to take back yet.",
    "dev.play.no_question": "This is no question now; open are: {open}",
    "dev.play.steps": "You can now: {steps}",
    "dev.play.work": "As the civil servant: {steps}",
    "dev.play.saved": "Saved in {file}. It runs with: wegwijzer test {flow}",
    "dev.play.saved_beside": "{taken} was there already, with another walk.",
    "dev.play.saved_before": "This walk was saved before, in {file}; nothing was written.",
    "dev.play.not_saved": "Not saved; as it is the scenario does not hold: {problem}",
    "dev.play.interrupted": "Ctrl-C once more stops; save NAME keeps this walk.",
    "dev.play.name": "Give it a name: save the big oak",
    "dev.play.nothing_walked": "Nothing was walked yet that could be saved.",
    "dev.play.did_not_understand": "I do not understand that. {problem}",
    "dev.play.not.no_fact": "There is no such fact. Did you mean: {names}",
    "dev.play.not.asked": "That question is open now: go {fact}",
    "dev.play.not.known": "That is known already: {value}",
    "dev.play.not.later": "It may still come; first comes {next}.",
    "dev.play.not.not_applicable": "It does not apply here: {when}",
    "dev.play.not.other": "The citizen does not supply it, but {supplier}.",
    "dev.play.not.settled": "Its answer can no longer change the outcome.",
    "dev.stand.legend": (
        "✓ done  ✗ something was found  ? not all of it yet  ~ of an earlier ve"
        "rsion  · not yet; to record: wegwijzer stand --record"
    ),
    "dev.paper.made": "Made on {day} of version {version}.",
    "dev.paper.contents": "Contents",
    "dev.paper.questions": "What is asked",
    "dev.paper.outcomes": "How it ends",
    "dev.paper.sources": "Sources",
    "dev.paper.promises": "What this version promises",
    "dev.paper.evidence": "Evidence",
    "dev.paper.who": "Who knows",
    "dev.paper.why": "Why",
    "dev.paper.options": "Choices",
    "dev.paper.when": "Only if",
    "dev.paper.step": "Step",
    "dev.paper.found": "What it came to",
    "dev.paper.day": "Day",
    "dev.paper.live": "now",
    "dev.paper.remedy": "Not agreed",
    "dev.paper.retention": "Kept",
    "dev.paper.scenario": "Scenario",
    "dev.paper.ends": "Ends at",
    "dev.paper.tasks": "What people do",
    "dev.paper.owner": "Of {owner}",
    "dev.supplier.citizen": "the citizen",
    "dev.supplier.register": "a register ({name})",
    "dev.supplier.worker": "a civil servant",
    "dev.supplier.payment": "the payment",
    "dev.supplier.process": "the process",
    "dev.supplier.clock": "the clock",
}
