// The people of the demonstration whom the stories sign in as. src/demo/data/employers.json says who they are.

export const PASSWORD = "harbour lantern teaspoon";

export const people = {
  /** HR author for the whole of Marlowe. */
  author: { name: "Rebecca Thornton", email: "rebecca.thornton@marlowe.example", employer: "marlowe" },
  /** Hiring manager of "Adult Social Care and Housing". */
  manager: { name: "Patricia Nwosu", email: "patricia.nwosu@marlowe.example", employer: "marlowe" },
  /** Hiring manager of "Customer Services and Libraries". */
  otherManager: { name: "Beth Crowther", email: "beth.crowther@marlowe.example", employer: "marlowe" },
  /** Hiring manager of "Housing Options", which is below that of `manager`. */
  belowManager: { name: "Carys Evans", email: "carys.evans@marlowe.example", employer: "marlowe" },
  administrator: { name: "Moira Campbell", email: "moira.campbell@marlowe.example", employer: "marlowe" },
  applicant: { name: "Nadia Hussain", email: "nadia.hussain@mail.example" },
};

export const UNIT = "Adult Social Care and Housing";
