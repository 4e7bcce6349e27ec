"""What invented children like to be called, by sex and background; surnames are not needed."""

from __future__ import annotations

from random import Random

GIRLS = {
    "W": "Alice Amber Beth Bonnie Caitlin Chloe Daisy Darcie Ebony Edie Ellie Elsie Erin Esme Evie Faith Freya "
    "Georgie Gracie Hallie Harriet Heidi Holly Imogen Isla Ivy Jess Jodie Kayleigh Keira Lacey Layla Libby Lola "
    "Lottie Lucy Maisie Martha Matilda Megan Mia Millie Mollie Nancy Neve Olive Orla Paige Penny Phoebe Poppy "
    "Robyn Rosie Ruby Sadie Scarlett Skye Sophie Summer Tilly Tess Willow Wren Zara Zuzanna Ola Magda Ioana".split(),
    "M": "Aaliyah Amaya Amelie Ayesha Coco Eva Indie Jada Jasmine Kiara Leila Maya Naomi Nevaeh Nia Renée Shanice "
    "Simone Talia Tiana Zoe".split(),
    "A": "Aisha Alia Amina Anaya Fatima Hana Hafsa Inaya Khadija Maryam Meera Nadia Noor Priya Rani Sana Simran "
    "Sumaya Tahira Zainab".split(),
    "B": "Abena Abigail Adaeze Amara Ayo Blessing Efua Esther Imani Joy Kemi Mercy Naima Nyasha Ruth Sade Tariro "
    "Temi Thandi Zola".split(),
    "O": "Dalia Eman Hiba Huda Lan Linh Mai Mina Rozhin Salma Shirin Yara".split(),
}
BOYS = {
    "W": "Aidan Alfie Archie Arlo Bailey Ben Billy Blake Bobby Brandon Callum Cameron Charlie Cody Connor Corey "
    "Dexter Dylan Eddie Elliot Ethan Finley Frankie Freddie Gabe George Harley Harry Harvey Henry Jack Jake Jayden "
    "Jenson Jude Kaiden Kian Kyle Leo Lewis Liam Logan Louie Luca Max Milo Morgan Nathan Noah Ollie Oscar Owen "
    "Reece Reggie Riley Ronnie Rory Ryan Sam Sonny Stanley Teddy Theo Toby Tommy Tyler Zach Kuba Filip Andrei".split(),
    "M": "Ashton Caleb Dante Elijah Ezra Isaac Jaden Jerome Joel Jordan Kai Kieran Leon Levi Malachi Marcus Miles "
    "Reuben Tyrese Xavier Zion".split(),
    "A": "Adam Ali Arjun Bilal Danyal Eesa Hamza Haris Ibrahim Imran Ishaan Kabir Mikael Musa Rohan Rayyan Sulayman "
    "Taha Yusuf Zayn".split(),
    "B": "Abdi Akin Chidi Daniel Emeka Femi Ike Josiah Kofi Kwame Kwaku Malik Mo Nathaniel Samson Seun Tapiwa Tobi "
    "Tunde Zeke".split(),
    "O": "Amanuel Ahmad Aram Baran Bao Duc Farid Filmon Habib Hewa Jamal Karwan Kidane Minh Mirwais Nabil Omid "
    "Rebaz Robel Salar Samir Yonas Zalmai".split(),
}
# Children in care by ethnicity, England (SSDA903 statistics, rounded): white 71, mixed 11, black 7, Asian 6, other 5.
ETHNICITIES = {
    "W": (("WBRI", 64), ("WOTH", 5), ("WIRI", 1), ("WROM", 1)),
    "M": (("MWBC", 4), ("MWBA", 2), ("MWAS", 2), ("MOTH", 3)),
    "B": (("BAFR", 4), ("BCRB", 2), ("BOTH", 1)),
    "A": (("APKN", 2), ("AIND", 1), ("ABAN", 1), ("AOTH", 2)),
    "O": (("OOTH", 4), ("CHNE", 1)),
}
_BACKGROUND = {code: letter for letter, codes in ETHNICITIES.items() for code, _ in codes}


def an_ethnicity(rng: Random) -> str:
    codes = [pair for group in ETHNICITIES.values() for pair in group]
    return rng.choices([code for code, _ in codes], [weight for _, weight in codes])[0]


class Names:
    """Gives each child a name that the fewest others of the council have, never one twice in a family."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.used: dict[str, int] = {}

    def give(self, sex: str, ethnicity: str, avoid: tuple[str, ...] = ()) -> str:
        pool = (GIRLS if sex == "F" else BOYS)[_BACKGROUND[ethnicity]]
        free = [name for name in pool if name not in avoid]
        fewest = min(self.used.get(name, 0) for name in free)
        name = self.rng.choice([name for name in free if self.used.get(name, 0) == fewest])
        return self.take(name)

    def take(self, name: str) -> str:
        self.used[name] = self.used.get(name, 0) + 1
        return name
