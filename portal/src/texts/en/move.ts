export const move = {
  heading: "Move to the new register",
  noticeHeading: "Move your consents to the new register",
  notice:
    "What you allowed and refused stands in an old register. It still counts, but it does not show on the other pages until you have moved.",
  noticeUnderWay: "You have signed the move. The old register counts until the last signature has arrived.",
  noticeLink: "See what moves",
  notHere:
    "The new register holds nothing that you allowed. What you allowed in the old one still counts: see “Move”, above.",
  nothing: "There is nothing to move: no older register holds anything of yours that still counts.",
  reading: "Reading what stands in the old register…",
  intro:
    "These consents stand in a register that nobody can change. A new one has been set up beside it. Nothing gets there by itself: whoever has control of these records says it again.",
  happensHeading: "What happens when you move",
  happens: [
    "You sign again, with the same content, what is listed below. Nobody gets to see more than today.",
    "It is brought to the new register in this order: first what is hidden, then what you allow, then who represents you, and last your guardians.",
    "Until the last signature is there, the old register counts.",
    "From then on only the new one counts. Whatever is said in the old one, before or later, counts no more.",
  ],
  closedHeading: "What nobody sees after the move",
  closed:
    "A signed document narrows these consents, and this page does not have it. They move, but nobody gets anything on them. Whoever is to go on seeing these data has to ask you again.",
  overruledHeading: "What is replaced",
  overruled:
    "To these you have already said something in the new register, and that counts. What you had allowed them in the old one ends when you move; allow it anew if you want it to stay.",
  consentsHeading: "Who can see what",
  consents: "You allow this again, just as it is.",
  refusalsHeading: "What stays hidden",
  refusals: "You withdrew or hid this. It stays so.",
  representatives: "You appoint them again, for the same time.",
  guardians: "They stay the same. With this signature the move is complete.",
  noGuardians:
    "You have none, and it stays so: the last signature says that nobody is your guardian. With it the move is complete.",
  asks: (count: number) =>
    count === 1
      ? "You are asked for one signature."
      : `You are asked for ${count} signatures, one after the other. Each is shown to you before you sign. Nothing is sent before you have signed all of them.`,
  begin: "Move: read and sign",
  changes:
    "The same holds as before, in the new register. The move is complete with the last signature: from then on the old register counts no more.",
  pending: "Something that you signed is still under way. You can move as soon as it has arrived.",
  onlyController:
    "Only who has control can move these records. As long as that has not been done, you can't allow or withdraw anything here in their place.",
  recovery:
    "In the old register somebody is about to take over control of these records. Nobody can move until that is completed or cancelled there. If you did not want it, cancel it at once.",
  recoveryPasskey:
    "A passkey can't cancel it on this page: ask whoever runs this page, at once, to have it cancelled in the old register.",
  underWayHeading: "Your move is under way",
  delivered: (count: number, of: number) => `${count} of ${of} have arrived…`,
  underWay:
    "You can close this page: it goes on where it stopped when you open it again. Until the last signature has arrived, the old register counts.",
  stuck: "It stopped: one of your signatures could not be delivered. See “Not delivered yet”, above.",
  moved: "You have moved.",
  movedText:
    "Only the new register counts for you, and all that counts is on these pages. You need to do nothing else.",
};
