use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::user::User;

/// Users in one answer of the service.
pub const PAGE: usize = 100;

/// A user of the list, whom a row follows.
#[derive(Clone)]
pub struct Person {
    /// Identifies him.
    pub guid: Arc<str>,
    /// What is known of him.
    pub user: ArcRwSignal<User>,
}

/// The users that came, page by page. Each is there once.
#[derive(Default)]
pub struct People {
    pages: Vec<Page>,
    known: HashMap<Arc<str>, ArcRwSignal<User>>,
    more: Option<String>,
}

/// The users of one answer.
struct Page {
    /// Where it begins.
    cursor: Option<String>,
    people: Vec<Person>,
}

impl People {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.pages.iter().map(|page| page.people.len()).sum()
    }

    /// Where the next page begins, if there is one.
    pub fn more(&self) -> Option<&String> {
        self.more.as_ref()
    }

    /// The first page, in the place of all others. Who was there before is the same person.
    pub fn begin(&mut self, users: Vec<User>, more: Option<String>) {
        self.pages.clear();
        let known = std::mem::take(&mut self.known);
        let people = users.into_iter().filter_map(|user| {
            let guid: Arc<str> = user.guid.as_str().into();
            if self.known.contains_key(&guid) {
                return None;
            }
            let signal = match known.get(&guid) {
                Some(signal) => told(signal, user),
                None => ArcRwSignal::new(user),
            };
            self.known.insert(guid.clone(), signal.clone());
            Some(Person { guid, user: signal })
        });
        let people = people.collect();
        self.pages.push(Page { cursor: None, people });
        self.more = more;
    }

    /// The next page. Who is there already is told anew in his place.
    pub fn append(&mut self, users: Vec<User>, more: Option<String>) {
        let people = users.into_iter().filter_map(|user| self.meet(user)).collect();
        self.pages.push(Page { cursor: self.more.take(), people });
        self.more = more;
    }

    /// A page as it was told again. Who is not on it any more has gone; who is new stands on the last one.
    pub fn renew(&mut self, number: usize, users: Vec<User>, more: Option<String>) {
        let is_whole = users.len() >= PAGE || more.is_none();
        let there: Vec<String> = users.iter().map(|user| user.guid.clone()).collect();
        let is_last = number + 1 == self.pages.len();
        let new: Vec<Person> = users
            .into_iter()
            .filter_map(|user| if is_last { self.meet(user) } else { self.tell(user) })
            .collect();
        let Some(page) = self.pages.get_mut(number) else { return };
        if is_whole {
            page.people.retain(|person| {
                let stays = there.iter().any(|guid| **guid == *person.guid);
                if !stays {
                    self.known.remove(&person.guid);
                }
                stays
            });
        }
        page.people.extend(new);
        if is_last {
            self.more = more;
        }
    }

    /// The users from one place up to another one, with their places.
    pub fn between(&self, first: usize, last: usize) -> Vec<(usize, Person)> {
        let all = self.pages.iter().flat_map(|page| &page.people).enumerate();
        all.skip(first).take(last.saturating_sub(first)).map(|(place, one)| (place, one.clone())).collect()
    }

    /// The place of a user.
    pub fn place(&self, guid: &str) -> Option<usize> {
        self.pages.iter().flat_map(|page| &page.people).position(|person| *person.guid == *guid)
    }

    /// The pages with users from one place up to another one: their numbers, and where they begin.
    pub fn pages(&self, first: usize, last: usize) -> Vec<(usize, Option<String>)> {
        let mut begins = 0;
        let mut found = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            let ends = begins + page.people.len();
            if begins < last && ends > first {
                found.push((number, page.cursor.clone()));
            }
            begins = ends;
        }
        found
    }

    /// Tells of a user. Gives him if he is new.
    fn meet(&mut self, user: User) -> Option<Person> {
        if self.known.contains_key(user.guid.as_str()) {
            return self.tell(user);
        }
        let guid: Arc<str> = user.guid.as_str().into();
        let user = ArcRwSignal::new(user);
        self.known.insert(guid.clone(), user.clone());
        Some(Person { guid, user })
    }

    /// Tells of a user if he is there.
    fn tell(&self, user: User) -> Option<Person> {
        if let Some(signal) = self.known.get(user.guid.as_str()) {
            told(signal, user);
        }
        None
    }
}

/// Changes what has changed alone.
fn told(signal: &ArcRwSignal<User>, user: User) -> ArcRwSignal<User> {
    if signal.with_untracked(|known| *known != user) {
        signal.set(user);
    }
    signal.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(guid: &str, name: &str) -> User {
        User { guid: guid.to_owned(), name: name.to_owned(), ..User::default() }
    }

    fn users(guids: &str) -> Vec<User> {
        guids.chars().map(|guid| user(&guid.to_string(), "")).collect()
    }

    fn guids(people: &People) -> String {
        people.between(0, 999).iter().map(|(_, person)| person.guid.to_string()).collect()
    }

    fn cursor(name: &str) -> String {
        name.to_owned()
    }

    #[test]
    fn who_is_told_of_again_is_there_once_as_told_last() {
        let mut people = People::default();
        people.begin(users("ab"), Some(cursor("1")));
        people.append(vec![user("b", "new"), user("c", "")], None);
        assert_eq!(guids(&people), "abc");
        let (_, second) = people.between(1, 2).remove(0);
        assert_eq!(second.user.with_untracked(|user| user.name.clone()), "new");
        people.begin(users("bb"), None);
        assert_eq!((guids(&people).as_str(), people.len()), ("b", 1));
        let (_, again) = people.between(0, 1).remove(0);
        assert_eq!(again.user.with_untracked(|user| user.name.clone()), "", "the same person follows");
        assert_eq!(second.user.with_untracked(|user| user.name.clone()), "");
    }

    #[test]
    fn a_page_is_read_again_where_it_began() {
        let mut people = People::default();
        people.begin(users("ab"), Some(cursor("1")));
        people.append(users("cd"), Some(cursor("2")));
        people.append(users("ef"), None);
        assert_eq!(people.pages(1, 3), [(0, None), (1, Some(cursor("1")))]);
        assert_eq!(people.pages(2, 4), [(1, Some(cursor("1")))]);
        // Somebody has gone, and the page was filled up from the next one.
        let filled: Vec<User> = (0..PAGE)
            .map(|number| {
                user(&["d", "e"].get(number).map_or(number.to_string(), |one| (*one).to_owned()), "x")
            })
            .collect();
        people.renew(1, filled, Some(cursor("3")));
        assert_eq!(guids(&people), "abdef");
        // Who is new stands at the end.
        people.renew(2, users("efg"), None);
        assert_eq!(guids(&people), "abdefg");
        // Of an answer that does not hold all of them nobody can be missed.
        people.renew(0, users("a"), Some(cursor("9")));
        assert_eq!((guids(&people).as_str(), people.place("f")), ("abdefg", Some(4)));
    }
}
