"""Common names of Dutch classrooms, by the family's background; combined at random, of nobody in particular."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NameSet:
    """Names that go together in one family, with how often such families occur."""

    weight: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    # Prefix and last name; the prefix is empty for most.
    families: tuple[tuple[str, str], ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _families(text: str) -> tuple[tuple[str, str], ...]:
    """Each entry is written "prefix|name" or just "name", with _ for a space."""
    pairs = (entry.replace("_", " ").rpartition("|") for entry in text.split())
    return tuple((prefix, name) for prefix, _, name in pairs)


NAME_SETS = (
    NameSet(
        weight=56,
        girls=_words(
            "Emma Julia Mila Sophie Zoë Sara Nora Yara Eva Lotte Noor Saar Fleur Evi Liv Anna Isa Fenna Tess Roos"
            " Lieke Maud Elin Vera Jasmijn Chloë Sanne Femke Iris Lynn Olivia Nina Loïs Hailey Esmée Renée Marit Puck"
        ),
        boys=_words(
            "Noah Liam Luca Lucas Mees Finn Daan Levi Sem Milan James Bram Thijs Sam Luuk Jesse Max Thomas Jens Lars"
            " Ruben Tijn Gijs Stijn Teun Hugo Siem Mats Floris Joep Niek Cas Jurre Koen Daniël Raphaël Boaz Tygo"
        ),
        families=_families(
            "de|Jong Jansen de|Vries van_de|Berg van_den|Berg Bakker van|Dijk Visser Janssen Smit Meijer de|Boer Mulder"
            " de|Groot Bos Vos Peters Hendriks van|Leeuwen Dekker Brouwer de|Wit Dijkstra Smits de|Graaf van_der|Meer"
            " van_der|Linden Kok Jacobs de|Haan Vermeulen van_den|Heuvel van_der|Veen van_den|Broek de|Bruijn"
            " de|Bruin van_der|Heijden Schouten van|Beek Willems van|Vliet van_de|Ven Hoekstra Maas Verhoeven"
            " Koster van|Dam van_der|Wal Prins Blom Huisman Peeters de|Jonge Kuipers van|Veen Post Kuiper Veenstra"
            " Kramer van_den|Brink Scholten van|Wijk Postma Martens Vink de|Ruiter Timmermans Groen Gerritsen Jonker"
            " van|Loon Boer van_der|Velde Willemsen Smeets de|Lange de|Vos Bosch van|Dongen Schipper de|Koning"
            " van_der|Laan Koning Driessen van|Doorn Hermans Evers van_den|Bosch van_der|Meulen Hofman Bosman Wolters"
            " Sanders van_der|Horst Mol Kuijpers Molenaar van_de|Pol de|Leeuw Verbeek ter|Horst ten|Hoeve van_'t|Hof"
        ),
    ),
    NameSet(
        weight=12,
        girls=_words(
            "Elif Zeynep Defne Azra Nehir Ecrin Meryem Esila Ela Hira Beyza Melis Ceren Şevval İrem Gülsüm"
        ),
        boys=_words(
            "Yusuf Emir Eymen Ömer Kerem Mert Emre Ali Hamza Mustafa Yiğit Deniz Kaan Arda Çınar Efe Baran"
        ),
        families=_families(
            "Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara"
            " Koç Kurt Özkan Şimşek Polat Korkmaz Erdoğan Güneş Aksoy Avcı Bulut Taş Bozkurt Yavuz"
        ),
    ),
    NameSet(
        weight=11,
        girls=_words(
            "Amira Lina Inaya Aya Nour Safae Hajar Yasmine Malak Salma Imane Douae Rania Sofia Jannah Assia"
        ),
        boys=_words(
            "Mohammed Adam Ayoub Rayan Imran Bilal Amine Zakaria Ilyas Anas Younes Ismaïl Nassim Yassin Sami"
        ),
        families=_families(
            "el|Idrissi El_Amrani el|Ouali Bouali Benali Amrani Bakkali Haddou Aziz Chaoui el|Khattabi Azzouzi"
            " Bouzid Mansouri Tahiri ait|Said Boukhari el|Hamdaoui Ouali Belhaj Naciri el|Mokhtari Zerouali Daoudi"
        ),
    ),
    NameSet(
        weight=8,
        girls=_words(
            "Zuzanna Julia Maja Hanna Zofia Lena Alicja Oliwia Pola Kinga Małgosia Amelia Wiktoria Łucja"
        ),
        boys=_words(
            "Antoni Jakub Jan Szymon Aleksander Filip Mikołaj Kacper Wojtek Michał Stanisław Oskar Tymon"
        ),
        families=_families(
            "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski"
            " Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Grabowski Pawłowski"
        ),
    ),
    NameSet(
        weight=9,
        girls=_words(
            "Shanaya Kiara Amaya Rishika Naomi Jada Priya Ashvini Xaviera Shanti Faye Mikayla Chayenne Anaïs"
        ),
        boys=_words(
            "Jaylen Dion Ravi Kiran Rayen Jayden Darnell Sergio Rishi Winston Xavi Giovanni Shailesh Kenzo"
        ),
        families=_families(
            "Ramdin Bissumbhar Pinas Mohan Sewgobind Kartosen Wijngaarde Ramlal Doekhi Jhagroe Tjon Baidjoe Soekhoe"
            " Leeflang Blijd Misiedjan Kalloe Codrington Sariman Narain Kromosoeto Zeefuik Oemrawsingh"
        ),
    ),
    NameSet(
        weight=4,
        girls=_words(
            "Sofiia Daryna Mariam Hiba Selam Natalia Ioana Gabriela Aaliyah Ngozi Linh Camila"
        ),
        boys=_words("Bohdan Danylo Omar Yonas Andrei Mateo Tomás Kwame Minh Idris Malik Stefan"),
        families=_families(
            "Shevchenko Kovalenko Al_Hamid Tesfay Popescu Silva da|Costa Mensah Nguyen Hassan Okafor Ionescu Haile"
            " dos|Santos Martina Rosalia Wu Petrov"
        ),
    ),
)
