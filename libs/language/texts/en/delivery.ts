import type kk from '../kk/delivery.js';

export default {
  letters: 'Letters to post',
  'letters.lead':
    'People whom neither e-mail nor a telephone reaches. Print the letter, post it as a registered one and log it: that is the proof.',
  'letters.empty': 'No letter to post.',
  'letter.print': 'Print the letter',
  'letter.posted': 'Log the posting',
  'letter.track': 'Number of the registered letter',
  'letter.track.hint': 'For example RR123456785KZ. Leave it empty if the letter is not registered.',
  'letter.post': 'It is posted',
  'try.post': 'posted',
  inside: 'A notice from within the mediation',
  'reason.no_contact': 'there is neither an e-mail nor a telephone',
  'reason.landline': 'the number is a landline: SMS cannot arrive',
  'reason.unwritable': 'the message could not be written: tell the administrator',
  'reason.box_full': 'the mailbox is full',
  'reason.no_box': 'there is no such mailbox',
  'reason.refused': 'the recipient’s mail service refused it',
  'reason.no_number': 'the gateway does not know such a number',
  'reason.no_provider': 'no delivery service is connected',
  'reason.not_now': 'the service did not take it for now; the next try goes by itself',
  'reason.read': 'already read in the cabinet',
  'reason.unwanted': 'the person does not want such messages',
  'reason.lapsed': 'it had lost its meaning before it left',
  'reason.no_device': 'the device no longer asks for messages',
} satisfies Record<keyof typeof kk, string>;
