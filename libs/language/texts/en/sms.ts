import type kk from '../kk/sms.js';

export default {
  code: 'Kelisim: confirmation code {code}. Tell it to nobody. Check code {check}',
  paper: 'Kelisim: code to confirm a document {code}. Tell it to nobody. Check code {check}',
  known: 'Kelisim: there is an account with this number already, just sign in. {address} Check code {check}',
  invitation: 'You have a message from the House of Friendship. Please answer {until}. {address} Check code {check}',
  withdrawn: 'House of Friendship: the invitation sent to you is withdrawn, nothing is needed from you. Check code {check}',
  news: 'House of Friendship: a message waits for you in the cabinet. {address} Check code {check}',
  newsUntil: 'House of Friendship: a message waits for you in the cabinet, answer {until}. {address} Check code {check}',
  guest: 'House of Friendship: you are asked into a mediation. Sign in with this number: {address} Check code {check}',
  appointment: 'House of Friendship: your appointment: {at}. {address} Check code {check}',
  reminder: 'House of Friendship: your appointment {at}. Cannot attend: {address} Check code {check}',
  push: 'House of Friendship: a message waits for you in the cabinet. Check code {check}',
} satisfies Record<keyof typeof kk, string>;
